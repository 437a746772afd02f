import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('a curve for each Pi-hole with its window and sums', async () => {
  const { call, pair } = await dnsServerOver();
  const { text } = await call('dns_history', { hours: 6 });
  expect(text).toMatch(/\(6h\)\nrpi: \d+ questions, \d+.* blocked, at most \d+ in 10 min\n {2}asked {3}[▁-█]{36}\n/);
  const all = Number(/rpi: (\d+)/.exec((await call('dns_history', { pihole: 'primary' })).text)?.[1]);
  expect(Math.abs(all - pair.primary.recent().length)).toBeLessThan(pair.primary.recent().length / 20);
});
