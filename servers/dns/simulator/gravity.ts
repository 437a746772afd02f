import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { buildTree, copyTables, type GravityTree, type List, nowSeconds, type Seed } from './state.ts';
import type { Database } from './tables.ts';

/** How long the parts of a run take, in milliseconds. */
export interface GravityPace {
  step: number;
  swap: number;
  readonly: number;
}

/** What a run works on and what it leaves. */
export interface GravityHost {
  base: Database;
  tree: GravityTree;
  content: Seed['lists'];
  pace: GravityPace;
  /** `refused`: a run that cannot start answers without an HTTP head. `dies`: it ends half-way without `Done.`. */
  fault: 'none' | 'refused' | 'dies';
  running: number;
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n';
const BACK = '\r\u001b[K';

/** `POST /action/gravity`: the head at once, lines as they come, the outcome as bare bytes after the last chunk. */
export async function streamGravity(host: GravityHost, socket: Socket): Promise<void> {
  if (host.fault === 'refused') {
    socket.end('{"error":{"key":"gravity_error","message":"Gravity failed","hint":null}}');
    return;
  }
  const say = (text: string): void => {
    if (socket.writable) socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
  };
  // A client that goes away does not stop a run.
  socket.on('error', () => {});
  socket.write(HEAD);
  const second = host.running > 0;
  host.running += 1;
  try {
    const done = await run(host, say, second);
    if (socket.writable) socket.end(`0\r\n\r\n{"status":"${done ? 'success' : 'error'}","took":0.5}`);
  } finally {
    host.running -= 1;
  }
}

async function run(host: GravityHost, say: (text: string) => void, second: boolean): Promise<boolean> {
  const { pace } = host;
  const step = () => pause(pace.step);
  say(`${BACK}  [✓] DNS resolution is available\n\n`);
  say('  [i] Neutrino emissions detected...\n\n  [i] Preparing new gravity database...');
  await step();
  if (second) {
    say('\n  [✗] Unable to create new database /etc/pihole/gravity.db_temp\n  Runtime error near line 205: disk I/O error (10)\n');
    return false;
  }
  say(`${BACK}  [✓] Preparing new gravity database\n  [i] Creating new gravity databases...`);
  await step();
  // From here on it works on a copy: what is written meanwhile is gone after the swap.
  const copy = copyTables(host.base.tables);
  say(`${BACK}  [✓] Creating new gravity databases\n`);
  if (copy.lists.length === 0) say('  [i] No source list found, or it is empty\n');
  else say(`${BACK}  [✓] Pulling blocklist source list into range\n  [i] Using libz compression\n\n`);
  const states = new Map<number, number>();
  for (const list of copy.lists.filter(({ enabled }) => enabled)) {
    await pull(host, list, say, states);
    if (host.fault === 'dies') {
      say('  [✗] Unable to build gravity tree\n');
      return false;
    }
  }
  const updated = nowSeconds();
  const reachable = new Set(copy.lists.filter(({ id }) => states.get(id) !== 4).map(({ id }) => id));
  const tree = buildTree(
    copy.lists.filter(({ id }) => reachable.has(id)),
    host.content,
    updated,
  );
  const exact = (type: string, kind: string) =>
    copy.rules.filter((rule) => rule.type === type && rule.kind === kind && rule.enabled).length;
  say(`  [i] Building tree...${BACK}  [✓] Building tree\n`);
  say(`  [i] Number of gravity domains: ${tree.count} (${tree.count} unique domains)\n`);
  say(`  [i] Number of exact denied domains: ${exact('deny', 'exact')}\n  [i] Number of regex denied filters: ${exact('deny', 'regex')}\n`);
  say(
    `  [i] Number of exact allowed domains: ${exact('allow', 'exact')}\n  [i] Number of regex allowed filters: ${exact('allow', 'regex')}\n`,
  );
  say(`  [i] Optimizing database...${BACK}  [✓] Optimizing database\n  [i] Swapping databases...`);
  host.base.state = 'swap';
  await pause(pace.swap);
  host.base.tables = copy;
  host.tree = tree;
  host.base.state = 'readonly';
  say(`${BACK}  [✓] Swapping databases\n  [✓] The old database remains available\n`);
  say(`  [i] Cleaning up stray matter...${BACK}  [✓] Cleaning up stray matter\n\n  [✓] Done.\n`);
  setTimeout(() => {
    host.base.state = 'ready';
    // The state of a list shows only once FTL has read the database anew.
    for (const list of host.base.tables.lists) list.status = states.get(list.id) ?? list.status;
  }, pace.readonly).unref();
  return true;
}

async function pull({ content, pace }: GravityHost, list: List, say: (text: string) => void, states: Map<number, number>): Promise<void> {
  say(`  [i] Target: ${list.address}\n  [i] Status: Pending...`);
  await pause(pace.step);
  const held = content(list.address);
  if (!held) {
    say(`${BACK}  [✗] Status: Retrieval failed / download failed\n  [✗] List download failed: no cached list available\n\n`);
    Object.assign(list, { status: 0, number: 0 });
    states.set(list.id, 4);
    return;
  }
  const number = held.number ?? held.domains.length;
  const abp = held.domains.filter((domain) => domain.startsWith('||')).length;
  say(`${BACK}  [✓] Status: Retrieval successful\n`);
  if (number > 100_000) say([25, 50, 75].map((part) => `\r  [i] Processed ${part}% of downloaded list`).join(''));
  say(`\r  [✓] Parsed ${number - abp} exact domains and ${abp} ABP-style domains (${list.type}ing, ignored 0 non-domain entries)\n\n`);
  states.set(list.id, list.number === number ? 2 : 1);
  Object.assign(list, { status: 0, number, abp, updated: nowSeconds() });
}
