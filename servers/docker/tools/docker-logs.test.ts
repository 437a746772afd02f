import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { simulatedServer } from '../tests/simulated-server.ts';

test('a hundred noisy lines, folded, say why Jellyfin died within 1,500 tokens', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_logs', { name: 'jellyfin' });
  expect(text).toMatch(/^jellyfin on gaming-pc · 100 lines · \d{4}-\d\d-\d\dT[\d:]{8} to [\d:]{8} UTC\n<text /);
  expect(text).toMatch(/Memory pressure: working set \d+ MiB of 1024 MiB \(x\d+ since [\d:]{8}\)/);
  expect(encode(text).length).toBeLessThanOrEqual(1_500);
});

test('unfolded, the newest that fit are shown and the rest is counted', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_logs', { name: 'jellyfin', fold: false, tail: 2_000 });
  expect(encode(text).length).toBeLessThanOrEqual(1_500);
  expect(text).toMatch(/\nshown \d+ of \d+ lines after folding; next: until \d{4}-\S+Z, or grep\n/);
  const until = /until (\S+Z)/.exec(text)?.[1] ?? '';
  const before = (await call('docker_logs', { name: 'jellyfin', fold: false, tail: 5, until })).text;
  expect(before).toMatch(/5 lines/);
  expect(before.split('\n').slice(2, 7).join('\n')).not.toBe('');
});

test('grep looks through the whole log, on the server', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_logs', { name: 'jellyfin', grep: 'memory pressure', fold: false });
  expect(text).toContain('20 lines');
  expect((await call('docker_logs', { name: 'jellyfin', grep: 'no such thing' })).text).toMatch(
    /^No line of jellyfin on gaming-pc matches; \d{3,} were looked at\.\n/,
  );
  expect((await call('docker_logs', { name: 'jellyfin', grep: '(a' })).text).toMatch(/^invalid_input: `grep` is no regular expression/);
  expect((await call('docker_logs', { name: 'jellyfin', grep: '(a+)+$', since: '1h' })).isError).toBe(false);
});

test('stderr is marked, streams can be chosen, times are checked', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_logs', { name: 'homepage', stream: 'stderr', since: '3h' });
  expect(text).toMatch(/\n!\d\d:\d\d:\d\d /);
  expect((await call('docker_logs', { name: 'homepage', since: 'yesterday' })).text).toMatch(
    /^invalid_input: `since` is neither a span nor a time\./,
  );
  expect((await call('docker_logs', { name: 'sysctl-init', since: '1s' })).text).toContain('wrote nothing in this window');
});
