import { Fault } from '@homelab/shared/faults.ts';
import { expect, test } from 'vitest';
import { acrossHosts } from './across-hosts.ts';
import { HostFault } from './host-fault.ts';

const hosts = ['a', 'b', 'c'].map((name) => ({ name }));

test('every host stands in the answer once: with its value, or with why not', async () => {
  const answer = await acrossHosts(hosts, {}, async ({ name }) => {
    if (name === 'b') throw new HostFault('b', 'asleep', 'b is asleep or off, which is usual for it.');
    if (name === 'c') throw new Fault('invalid_input', 'No.', { hint: 'Try another.' });
    return name;
  });
  expect(answer).toEqual({
    found: [{ host: 'a', value: 'a' }],
    missing: [
      { host: 'b', reason: 'asleep', sentence: 'b is asleep or off, which is usual for it.' },
      { host: 'c', reason: 'internal', sentence: 'No.', hint: 'Try another.' },
    ],
  });
});

test('work that never ends and heeds no signal holds nobody up beyond the deadline', async () => {
  const signals: AbortSignal[] = [];
  const answer = await acrossHosts(hosts, { deadlineMs: 50 }, ({ name }, { signal }) => {
    signals.push(signal);
    return name === 'b' ? new Promise<string>(() => {}) : Promise.resolve(name);
  });
  expect(answer.found.map(({ host }) => host)).toEqual(['a', 'c']);
  expect(answer.missing).toMatchObject([{ host: 'b', reason: 'timeout', sentence: 'b did not answer within 0.05 s.' }]);
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
});

test('a caller who leaves is not called a slow host, and a bug is no missing host', async () => {
  const caller = new AbortController();
  const answer = acrossHosts(hosts, { signal: caller.signal }, () => new Promise(() => {}));
  caller.abort();
  expect((await answer).missing.map(({ reason }) => reason)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  await expect(acrossHosts(hosts, {}, () => Promise.reject(new TypeError('bug')))).rejects.toThrow(TypeError);
});
