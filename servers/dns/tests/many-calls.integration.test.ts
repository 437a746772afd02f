import { expect, test } from 'vitest';
import type { Node } from '../client/node.ts';
import { readBlocking, readQueries, readSearch, readSummary, readTables } from '../client/reading.ts';
import { testFleet } from './dns-fleet.ts';

const CALLS = 12_000;
const AT_ONCE = 50;

test('12,000 mixed calls at 50 at once over 6.4.1: no crash, one seat each, also over two restarts and a session that ends', {
  timeout: 240_000,
}, async () => {
  const { pair, fleet } = await testFleet({ readMs: 0 });
  const signal = AbortSignal.timeout(230_000);
  const calls: ((node: Node, index: number) => Promise<unknown>)[] = [
    (node, index) => readSearch(node, `name${index}.example`, signal),
    (node) => readBlocking(node, signal),
    (node) => readSearch(node, 'ads.banner.example', signal),
    (node) => readSummary(node, signal),
    (node) => readQueries(node, { length: 5 }, signal),
    (node, index) => (index % 40 === 5 ? readTables(node, signal) : readBlocking(node, signal)),
  ];
  let next = 0;
  let failed = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < CALLS; index = next++) {
      const node = fleet.nodes[index % 2];
      const call = calls[index % calls.length];
      if (!node || !call) throw new Error('nothing to call');
      // While a Pi-hole restarts it answers nobody: that is told, and nothing worse.
      await call(node, index).catch(() => {
        failed += 1;
      });
      if (index === 3_000) await pair.primary.restart();
      if (index === 6_000) await pair.backup.restart();
      if (index === 9_000) pair.backup.sessions.seats = pair.backup.sessions.seats.map(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect([pair.primary.crashes, pair.backup.crashes]).toEqual([0, 0]);
  expect([pair.primary.sessions.logins, pair.backup.sessions.logins]).toEqual([1, 2]);
  expect([pair.primary.sessions.taken, pair.backup.sessions.taken]).toEqual([16, 1]);
  expect([pair.primary.restarts, pair.backup.restarts]).toEqual([1, 1]);
  expect(failed).toBeLessThan(CALLS / 20);
  process.stderr.write(`${failed} of ${CALLS} calls met a restart\n`);
});
