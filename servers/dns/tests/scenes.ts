import { setTimeout as pause } from 'node:timers/promises';
import { Pihole, type PiholeOptions } from '../simulator/pihole.ts';
import { benchSeed, LISTS } from './bench-seed.ts';
import type { Recording } from './recordings.ts';

export const PASSWORD = 'example-password';
export const APP_PASSWORD = 'EXAMPLE/APP+PASSWORD00000000000000000000001=';

/** An answer as it came over the wire. */
export interface Seen {
  status: number;
  headers: Headers;
  body: unknown;
}

/** A Pi-hole that is being asked in a scene. */
export interface Stage {
  pihole: Pihole;
  /** Sent with the request unless empty. */
  sid: string;
  send: (method: string, path: string, body?: unknown, sid?: string) => Promise<Seen>;
}

interface Scene {
  names: RegExp;
  options?: Partial<PiholeOptions>;
  /** What happened before the request. */
  before?: (stage: Stage) => Promise<unknown>;
  /** Sends something else than one request, and gives the answer that is meant. */
  ask?: (stage: Stage, recording: Recording) => Promise<Seen>;
  /** The request goes without a session. */
  bare?: true;
}

const post = (path: string, body: unknown) => (stage: Stage) => stage.send('POST', path, body);
const drop = (path: string) => (stage: Stage) => stage.send('DELETE', path);
const together =
  (count: number, wanted: number) =>
  async (stage: Stage, { request }: Recording) => {
    // What they meet lasts a second, and on a busy machine they do not all arrive within it.
    for (let round = 0; round < 20; round++) {
      const all = await Promise.all(Array.from({ length: count }, () => stage.send('POST', '/auth', request.body, '')));
      const found = all.find(({ status }) => status === wanted);
      if (found) return found;
    }
    throw new Error(`none of ${count} answers was ${wanted}, in 20 rounds`);
  };
const HOST = '/config/dns/hosts/192.0.2.5%20nas.lan%20nas';
const NOPE = encodeURIComponent('file:///srv/lists/nope.txt');

/** What must have happened before a recorded request; the first scene that fits is taken. */
export const SCENES: readonly Scene[] = [
  { names: /^auth-login-app-password-in-parallel/, bare: true, ask: together(6, 401) },
  { names: /^auth-login-rate-limited/, bare: true, ask: together(6, 429) },
  { names: /^auth-login-seats-full/, bare: true, before: async ({ pihole }) => fill(pihole) },
  { names: /^auth-login-wrong-password-with-valid-sid/ },
  { names: /^auth-totp-reused/, options: { totp: 222222 }, bare: true, before: post('/auth', { password: PASSWORD, totp: 222222 }) },
  { names: /^auth-totp-suggest/ },
  { names: /^auth-totp/, options: { totp: 222222 }, bare: true },
  { names: /^auth-(login|status-without|no-session|logout-again)/, bare: true },
  { names: /^auth-logout-again/, before: async (stage) => stage.send('DELETE', '/auth') },
  { names: /^auth-session-delete-204/, before: async ({ pihole }) => fill(pihole) },
  {
    names: /^auth-session-past/,
    options: { timeout: 2 },
    before: async ({ pihole }) => {
      for (const seat of pihole.sessions.seats) if (seat) seat.lastActive -= 4;
    },
  },
  { names: /^auth-sessions-all/, before: async ({ pihole }) => fill(pihole) },
  { names: /^auth-sessions-list-with-app/, before: post('/auth', { password: APP_PASSWORD }) },
  { names: /^auth-status-when-no-password/, options: { password: undefined }, bare: true },
  { names: /^auth-app-session/, before: async (stage) => asApp(stage) },
  { names: /^blocking-get-timer-running/, before: post('/dns/blocking', { blocking: false, timer: 8 }) },
  { names: /^blocking-on-with-timer-while-off-1/, before: post('/dns/blocking', { blocking: false }) },
  {
    names: /^blocking-on-with-timer-while-off-2/,
    before: async (stage) => {
      await stage.send('POST', '/dns/blocking', { blocking: false });
      await stage.send('POST', '/dns/blocking', { blocking: true, timer: 0.05 });
      await pause(120);
    },
  },
  {
    names: /^blocking-timer-lost-on-restart-2/,
    before: async (stage) => {
      await stage.send('POST', '/dns/blocking', { blocking: false, timer: 6 });
      await stage.pihole.restart();
    },
  },
  { names: /^clients-add$/, before: drop('/clients/127.0.0.8') },
  { names: /^config-(delete-host-204|get-hosts|put-host-duplicate)/, before: async (stage) => stage.send('PUT', HOST) },
  {
    names: /^config-(get-all|patch-unknown)|^sync-tail-3/,
    before: async (stage) => stage.send('PUT', '/config/dns/cnameRecords/www.lan%2Cnas.lan?restart=false'),
  },
  { names: /^action-restartdns-not-allowed/, options: { allowDestructive: false } },
  { names: /^gravity-database-unreadable/, before: async ({ pihole }) => Object.assign(pihole.tree, { count: -2, updated: 0 }) },
  {
    names: /^gravity-second-run/,
    options: { pace: { step: 60 } },
    before: async (stage) => void stage.send('POST', '/action/gravity').catch(() => {}),
  },
  {
    names: /^gravity-write-lost-[12]/,
    options: { pace: { step: 60 } },
    before: async (stage) => {
      void stage.send('POST', '/action/gravity').catch(() => {});
      await pause(80);
    },
  },
  { names: /^gravity-write-lost-3/, before: async ({ pihole }) => Object.assign(pihole.base, { state: 'readonly' }) },
  { names: /^gravity-write-refused/, before: async ({ pihole }) => Object.assign(pihole.base, { state: 'swap' }) },
  { names: /^groups-delete-default-then-lists/, before: async (stage) => withoutDefault(stage) },
  { names: /^groups-delete-default-then/, before: drop('/groups/Default') },
  { names: /^groups-rename-answers/, before: post('/groups', { name: 'kids', comment: 'c' }) },
  { names: /^groups-rename-read-back/, before: post('/groups', { name: 'children', comment: 'c' }) },
  { names: /^ha-interfaces-of-(vip-holder|other-node-after)/, before: async ({ pihole }) => Object.assign(pihole, { vip: '192.0.2.53' }) },
  { names: /^info-version-file-missing/, options: { versionsFile: false } },
  { names: /^lists-add$/, before: drop(`/lists/${encodeURIComponent(LISTS.ads)}?type=block`) },
  { names: /^lists-add-allow/, before: drop(`/lists/${encodeURIComponent(LISTS.allow)}?type=allow`) },
  { names: /^lists-delete-204/, before: post('/lists?type=block', { address: decodeURIComponent(NOPE) }) },
  { names: /^queries-after-flush|^stats-summary-after-flush/, before: post('/action/flush/logs', undefined) },
  { names: /^queries-disk-not-written/, options: { diskLag: 100_000 } },
  { names: /^rules-add$/, before: drop('/domains/deny/exact/deny.fake') },
  { names: /^rules-(add-duplicate|add-deny-while|delete-204)/, before: post('/domains/allow/exact', { domain: 'a.fake' }) },
  { names: /^rules-add-body-not-json/, ask: (stage) => raw(stage, '{"domain":') },
  { names: /^rules-add-body-over-64-kb/, ask: (stage) => raw(stage, JSON.stringify({ domain: 'x'.repeat(75_000) })) },
  { names: /^rules-batch-delete/, before: post('/domains/allow/exact', { domain: 'b.fake' }) },
  { names: /^rules-delete-regex/, before: post('/domains/deny/regex', { domain: '(^|\\.)regexed\\.fake$' }) },
  { names: /^rules-get-regex-with-slash/, before: post('/domains/deny/regex', { domain: 'a/b' }) },
  {
    names: /^rules-put-(keeps-groups-2|drops-comment-2)/,
    before: post('/domains/deny/exact', { domain: ['grp.fake', 'put.fake'], groups: [0, 1] }),
  },
  { names: /^search-allow-rule-over-list/, before: post('/domains/allow/exact', { domain: 'ad1.ads.example', comment: 'ok' }) },
  {
    names: /^sync-tail-[345]/,
    before: async (stage) => stage.send('PATCH', '/config', { config: { dns: { blocking: { active: false } } } }),
  },
  { names: /^sync-without-gravity/, before: async ({ pihole }) => pihole.tree.entries.delete('telemetry.fake') },
];

/** A stage for one recording, set up; close it when done. */
export async function stageFor(recording: Recording): Promise<{ stage: Stage; scene: Scene | undefined; close: () => Promise<void> }> {
  const scene = SCENES.find(({ names }) => names.test(recording.name));
  const pihole = new Pihole({
    name: 'bench',
    seed: benchSeed(),
    password: PASSWORD,
    appPassword: APP_PASSWORD,
    readMs: 0,
    ...scene?.options,
  });
  await pihole.start();
  const stage: Stage = { pihole, sid: '', send: (method, path, body, sid) => request(pihole, method, path, body, sid ?? stage.sid) };
  if (!scene?.bare) stage.sid = pihole.sessions.occupy({ kept: false, agent: 'example-client/1.0' }).sid;
  await scene?.before?.(stage);
  return { stage, scene, close: () => pihole.stop() };
}

async function request(pihole: Pihole, method: string, path: string, body: unknown, sid: string): Promise<Seen> {
  const headers = { 'user-agent': 'bench/1.0', ...(sid ? { 'x-ftl-sid': sid } : {}) };
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${pihole.url}/api${path}`, { method, headers, ...(text === undefined ? {} : { body: text }) });
  const read = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(read) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const raw = (stage: Stage, text: string) => stage.send('POST', '/domains/deny/exact', text);

function fill(pihole: Pihole): void {
  while (pihole.sessions.taken < pihole.sessions.seats.length) pihole.sessions.occupy({ agent: 'example-client/1.0' });
}

async function asApp(stage: Stage): Promise<void> {
  const { body } = await stage.send('POST', '/auth', { password: APP_PASSWORD }, '');
  stage.sid = (body as { session: { sid: string } }).session.sid;
}

async function withoutDefault(stage: Stage): Promise<void> {
  await stage.send('PUT', `/lists/${encodeURIComponent(LISTS.telemetry)}?type=block`, { comment: 'telemetry2', groups: [1] });
  await stage.send('DELETE', '/groups/Default');
}
