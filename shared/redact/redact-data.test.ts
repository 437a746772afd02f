import { expect, test } from 'vitest';
import { findSecrets, redact, redactDeep, redactEntry, redactor } from './redact.ts';
import { sentinels } from './sentinels.ts';

const s = sentinels(99);

test('a value by its name', () => {
  expect(redactEntry('DB_PASSWORD', 'swordfish')).toBe('[redacted]');
  expect(redactEntry('DB_PASSWORD_FILE', '/run/secrets/db')).toBe('/run/secrets/db');
  expect(redactEntry('TZ', 'Europe/Berlin')).toBe('Europe/Berlin');
  expect(redactEntry('Authorization', 'Bearer abc12345')).toBe('Bearer [redacted]');
  expect(redactEntry('DATABASE_URL', 'postgres://a:swordfish@db/x')).toBe('postgres://a:[redacted]@db/x');
  expect(redactEntry('secret', 'a\nb')).toBe('[redacted]\n');
});
test('nested data, pairs and argument lists', () => {
  const container = {
    Env: ['DB_PASSWORD=swordfish', 'TZ=UTC'],
    Cmd: ['server', '--password', 'swordfish', '--port', '80'],
    Args: ['mysql', '-uroot', '-pswordfish'],
    Labels: { 'traefik.http.middlewares.auth.basicauth.users': `bob:${s.bcrypt()}`, 'api.token': 'swordfish' },
    Healthcheck: { Test: ['CMD-SHELL', 'redis-cli -a swordfish ping'] },
    env: [
      { name: 'API_TOKEN', value: 'swordfish' },
      { name: 'TZ', value: 'UTC' },
    ],
    password: 'swordfish',
    max_tokens: 4_000,
    public_key: 'ssh-ed25519 AAAAC3Nza bob',
    Id: 'a'.repeat(64),
  };
  const shown = redactDeep(container);
  expect(JSON.stringify(shown)).not.toContain('swordfish');
  expect(JSON.stringify(shown)).not.toContain('$2y$');
  expect(shown.Env[1]).toBe('TZ=UTC');
  expect(shown.Cmd).toEqual(['server', '--password', '[redacted]', '--port', '80']);
  expect(shown.Args).toEqual(['mysql', '-uroot', '-p[redacted]']);
  expect(shown.env[1]).toEqual({ name: 'TZ', value: 'UTC' });
  expect([shown.max_tokens, shown.public_key, shown.Id]).toEqual([4_000, container.public_key, container.Id]);
  expect(redactDeep(shown)).toEqual(shown);
});
test('an installation key tells equal from different without showing either', () => {
  const { redact: marked } = redactor('installation');
  const shown = marked('A_PASSWORD=one1one1\nB_PASSWORD=one1one1\nC_PASSWORD=two2two2');
  const marks = [...shown.matchAll(/=\[redacted hmac:([0-9a-f]{4})\]/g)].map((match) => match[1]);
  expect(marks).toHaveLength(3);
  expect(marks[0]).toBe(marks[1]);
  expect(marks[0]).not.toBe(marks[2]);
  expect(marked(shown)).toBe(shown);
  expect(redact(shown)).toBe(shown);
});
test('findings have line, column and kind', () => {
  expect(findSecrets(`x: 1\n  password: swordfish\ny: http://a:swordfish@h\n${s.pem()}\n`)).toEqual([
    { line: 2, column: 13, kind: 'named value' },
    { line: 3, column: 13, kind: 'url credentials' },
    { line: 4, column: 1, kind: 'private key' },
  ]);
});
