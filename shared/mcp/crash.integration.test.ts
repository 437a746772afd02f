import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ACTION_STATES } from '../safety/action.ts';
import { openActions } from '../safety/actions.ts';
import { readAudit } from '../safety/audit-read.ts';
import { verifyAudit } from '../safety/audit-verify.ts';
import { signingKey } from '../safety/signing-key.ts';
import { connect } from '../testing/connect.ts';
import { TOKENS } from '../testing/start.ts';

const KILLS = 80;
const PROGRAM = new URL('../testing/safety/crash-server.ts', import.meta.url).pathname;

interface Life {
  process: ChildProcess;
  url: string;
}

async function live(state: string, ran: string): Promise<Life> {
  const child = spawn(process.execPath, [PROGRAM, state, ran], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')) as [string];
  return { process: child, url };
}

/** Writes, and asks for writes that a person approves at once, until the server is gone. */
async function busy({ url }: Life, name: string, state: string, onFirst: () => void): Promise<void> {
  const client = await connect(url, TOKENS.destructive);
  const actions = openActions(join(state, 'actions'), { key: signingKey(state) });
  for (let number = 0; ; number++) {
    await client.call('line_append', { line: `${name}-${number}` });
    onFirst();
    const { text } = await client.call('line_burn', { line: `${name}-burn-${number}` });
    const id = /action ([0-9a-z]{10}) waits/.exec(text)?.[1];
    // Every third is left for nobody to approve: it must never run.
    if (id && number % 3 > 0) await actions.approve(id, 'owner');
  }
}

const linesOf = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);

test(`servers on one state folder are killed at ${KILLS} random points of their writes`, { timeout: 400_000 }, async () => {
  const state = mkdtempSync(join(tmpdir(), 'crash-server-'));
  const ran = join(state, 'ran');
  writeFileSync(join(state, 'policy.yaml'), 'version: 1\nwrites_per_hour: 10000\n');
  for (let kill = 0; kill < KILLS; kill += 2) {
    const lives = await Promise.all([live(state, ran), live(state, ran)]);
    await Promise.all(
      lives.map(async (life, which) => {
        const first = Promise.withResolvers<void>();
        const working = busy(life, `k${kill + which}`, state, first.resolve).catch(() => {});
        await first.promise;
        await sleep(Math.random() * 400);
        life.process.kill('SIGKILL');
        if (life.process.exitCode === null && life.process.signalCode === null) await once(life.process, 'exit');
        await Promise.race([working, sleep(5_000)]);
      }),
    );
  }

  const happened = linesOf(ran);
  expect(happened.length).toBeGreaterThan(KILLS);
  expect(new Set(happened).size).toBe(happened.length);

  const { entries } = await readAudit(state, { limit: 1_000_000 });
  const begun = new Map<string, number>();
  const approved = new Set<string>();
  for (const { kind, targets, caller } of entries) {
    const target = targets?.[0] ?? '';
    if (kind === 'began') begun.set(target, (begun.get(target) ?? 0) + 1);
    if (kind === 'approved' && caller === 'owner') approved.add(target);
  }
  // Nothing happened that no line announced, and nothing was begun twice.
  expect(happened.filter((line) => begun.get(line) !== 1)).toEqual([]);
  expect(happened.filter((line) => line.includes('-burn-') && Number(line.split('-').at(-1)) % 3 === 0)).toEqual([]);
  expect(verifyAudit(state).findings.filter(({ severity }) => severity === 'broken')).toEqual([]);

  const places = new Map<string, string[]>();
  for (const one of ACTION_STATES) {
    for (const name of readdirSync(join(state, 'actions', one)).filter((file) => file.endsWith('.jsonl'))) {
      places.set(name, [...(places.get(name) ?? []), one]);
    }
  }
  expect([...places.values()].filter((states) => states.length !== 1)).toEqual([]);
  expect(places.size).toBeGreaterThan(KILLS / 2);
  console.log(`${KILLS} kills: ${happened.length} changes, ${entries.length} lines of audit, ${places.size} actions`);
  rmSync(state, { recursive: true, force: true });
});
