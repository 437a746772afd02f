import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readBlocking } from '../client/reading.ts';
import { testFleet } from '../tests/dns-fleet.ts';
import { fleetLock } from './fleet-lock.ts';
import { pendingFile, sessionFiles } from './state-files.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'dns-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const QUICK = { staleMs: 2_000, beatMs: 200 };

test('a second process on the same Pi-holes makes no call and says who holds them; after the first has ended it may', async () => {
  const state = folder();
  const [first, second] = [fleetLock(state, QUICK), fleetLock(state, QUICK)];
  onTestFinished(() => second.release());
  await first.guard();
  const { pair, fleet, signal } = await testFleet({}, { guard: second.guard });
  const asked = () => [...pair.primary.seen, ...pair.backup.seen].length;
  await expect(readBlocking(fleet.nodes[0] as never, signal)).rejects.toThrow(`mcp-dns, process ${process.pid} on`);
  expect(asked()).toBe(0);
  first.release();
  expect((await readBlocking(fleet.nodes[0] as never, signal)).on).toBe(true);
});

test('sessions and pending ends are kept readable by this user only; a broken file of ends is told, never forgotten', () => {
  const state = join(folder(), 'dns');
  const [sessions, pending] = [sessionFiles(state), pendingFile(state)];
  sessions.save('rpi', 'secret-sid=');
  pending.save([{ id: 'blocking rpi', node: 'rpi', kind: 'blocking', until: 1, about: {} }]);
  for (const file of readdirSync(state)) expect(statSync(join(state, file)).mode & 0o077).toBe(0);
  expect([sessions.load('rpi'), pendingFile(state).load()[0]?.node]).toEqual(['secret-sid=', 'rpi']);
  sessions.save('rpi', undefined);
  expect(sessions.load('rpi')).toBeUndefined();
  pending.save('nonsense' as never);
  expect(() => pendingFile(state).load()).toThrow('cannot be read');
});
