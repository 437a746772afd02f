import { expect, test } from 'vitest';
import { askedOf } from './asked.ts';

test.for([
  ['https://user:pw@photos.home.arpa/x?y#z', { text: 'photos.home.arpa' }],
  ['http://192.0.2.20:2283/api', { text: '192.0.2.20', port: { host: '192.0.2.20', number: 2283 } }],
  ['nas:9090', { text: 'nas:9090', port: { host: 'nas', number: 9090 } }],
  ['[2001:db8::1]:53/udp', { text: '[2001:db8::1]:53/udp', port: { host: '2001:db8::1', number: 53, transport: 'udp' } }],
  ['2001:db8::1', { text: '2001:db8::1' }],
  [':8081', { text: ':8081', port: { number: 8081 } }],
  ['70000', { text: '70000' }],
  ['53/UDP', { text: '53/UDP', port: { number: 53, transport: 'udp' } }],
  ['00-00-5E-00-53-0A', { text: '00:00:5e:00:53:0a' }],
  ['ghcr.io/a/b:v1@sha256:ab', { text: 'ghcr.io/a/b', path: 'ghcr.io/a/b:v1@sha256:ab' }],

  ['`nas`?', { text: 'nas' }],
  ['???', { text: '???' }],
  [String.raw`C:\homelab\data\\`.slice(0, -1), { path: 'C:/homelab/data' }],
] as const)('%s', ([text, asked]) => {
  expect(askedOf(text)).toMatchObject(asked);
});

test('long and repetitive questions are taken apart at once', () => {
  for (const part of ['a/', 'a:', '1.', 'a.b/', '[', '::', 'a@', '-', '/'])
    expect(askedOf(part.repeat(50_000)).text.length).toBeGreaterThan(0);
});
