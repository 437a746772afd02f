import { expect, test } from 'vitest';
import { agreeOn, NEWEST, OLDEST, versionAskedFor } from './api-version.ts';
import { saidBy, statusFault } from './engine-faults.ts';
import { unixTime } from './logs.ts';
import { containerPath, imagePath } from './names.ts';
import { channelGate } from './ssh/channel-gate.ts';
import { fingerprintOf, sameFingerprint } from './ssh/fingerprint.ts';
import { commandLine } from './transport/quote.ts';

test('the API version is the smaller of ours and theirs; what is too old is told', () => {
  expect(agreeOn('nas', '1.41')).toBe('1.41');
  expect(agreeOn('nas', '1.52')).toBe(NEWEST);
  expect(agreeOn('nas', undefined)).toBe(OLDEST);
  expect(() => agreeOn('nas', '1.24')).toThrow(
    expect.objectContaining({ reason: 'api_mismatch', message: expect.stringContaining('1.24') }),
  );
  const old = 'client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version';
  expect(versionAskedFor('nas', old)).toBe('1.44');
  expect(versionAskedFor('nas', 'client version 1.50 is too new. Maximum supported API version is 1.45')).toBe('1.45');
  expect(versionAskedFor('nas', 'bad parameter')).toBeUndefined();
});

test('what an engine says is kept for fields, without its secrets, and never in a sentence', () => {
  const body = Buffer.from(JSON.stringify({ message: 'pull from https://me:hunter2secret@host.example\nfailed' }));
  const fault = statusFault(500, { host: 'nas', write: true }, body);
  expect(fault.text()).not.toMatch(/host\.example|hunter2/);
  expect(fault.said).toContain('host.example');
  expect(fault.said).not.toMatch(/hunter2|\n/);
  expect(saidBy(Buffer.from('<html>'))).toBeUndefined();
  expect(statusFault(403, { host: 'nas', write: false }, undefined)).toMatchObject({ code: 'denied', reason: 'proxy_forbids' });
});

test.each(['..', 'a/../b', 'a b', '', 'x', 'a?b', `a\n`, '-rf'])('%j is no container', (name) => {
  expect(() => containerPath(name)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});

test('an image is a reference or an id', () => {
  expect(imagePath('ghcr.io/a/b:1.2@sha256:'.concat('0'.repeat(64)))).toContain('/images/ghcr.io/a/b');
  expect(() => imagePath('a/../../info')).toThrow();
});

test('the moment of a log line keeps its nanoseconds', () => {
  expect(unixTime('2026-11-20T12:00:00.123456789Z')).toBe('1795176000.123456789');
  expect(unixTime(new Date('2026-11-20T12:00:00.5Z'))).toBe('1795176000.500000000');
});

test('arguments reach a program as they are, in every shell', () => {
  expect(commandLine(['docker', 'ps', "it's; rm -rf /"], 'posix')).toBe(`docker ps 'it'\\''s; rm -rf /'`);
  const [, encoded = ''] = /-EncodedCommand (\S+)$/.exec(commandLine(['a', 'b’c & d'], 'cmd')) ?? [];
  expect(Buffer.from(encoded, 'base64').toString('utf16le')).toBe(`& 'a' 'b’’c & d'; exit $LASTEXITCODE`);
  expect(() => commandLine(['a', 'b\nc'], 'posix')).toThrow(RangeError);
});

test('a fingerprint is compared without its padding', () => {
  const one = fingerprintOf(Buffer.from('key'));
  expect(one).toMatch(/^SHA256:[\w+/]{43}$/);
  expect(sameFingerprint(`${one}=`, one)).toBe(true);
  expect(sameFingerprint(fingerprintOf(Buffer.from('other')), one)).toBe(false);
});

test('a gate lets in as many as it is wide, in order, and fewer once it was narrowed', async () => {
  const gate = channelGate(3);
  const never = new AbortController().signal;
  const leave = await Promise.all([gate.enter(never), gate.enter(never), gate.enter(never)]);
  const order: string[] = [];
  const leaving = new AbortController();
  const gone = gate.enter(leaving.signal).catch(() => order.push('gone'));
  const late = gate.enter(never).then((out) => order.push('late') && out);
  leaving.abort();
  await gone;
  gate.narrow(1);
  leave[0]?.();
  leave[1]?.();
  leave[1]?.();
  expect(gate.inside()).toBe(1);
  leave[2]?.();
  await late;
  expect(order).toEqual(['gone', 'late']);
});
