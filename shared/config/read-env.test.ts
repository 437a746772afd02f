import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeEnv } from './describe-env.ts';
import { count, flag, folder, list, oneOf, port, seconds, secret, url } from './env-fields.ts';
import { ConfigFault, type Env, readEnv } from './read-env.ts';
import { suiteEnv } from './suite-env.ts';

const shape = z.object({
  PORT: port(8770).describe('Port to listen on'),
  HOMELAB_REPO: folder().optional().describe('The repository'),
  HOMELAB_KEY: secret().describe('Key of the upstream'),
  PIHOLE_1_URL: url().optional(),
  NAMES: list(),
  DRY: flag(),
  WAIT_SECONDS: seconds().default(30),
  MODE: oneOf('plain', 'full').default('plain'),
  LIMIT: count().default(5),
});

const folderHere = () => mkdtempSync(join(tmpdir(), 'env-'));

function fileWith(content: string): string {
  const file = join(folderHere(), 'key');
  writeFileSync(file, content);
  return file;
}

function problemsOf(env: Env) {
  try {
    readEnv(shape, env);
  } catch (error) {
    if (error instanceof ConfigFault) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

test('reads typed values and the defaults of what is unset or empty', () => {
  const { config, warnings } = readEnv(shape, {
    HOMELAB_KEY: 'k1',
    NAMES: ' nas, rpi ,,',
    DRY: 'yes',
    PORT: '',
    PIHOLE_1_URL: 'http://pi:80/x/',
  });
  expect(config).toMatchObject({ PORT: 8770, NAMES: ['nas', 'rpi'], DRY: true, WAIT_SECONDS: 30, MODE: 'plain', LIMIT: 5 });
  expect(config.PIHOLE_1_URL).toBe('http://pi/x');
  expect(config.HOMELAB_REPO).toBeUndefined();
  expect(config.HOMELAB_KEY.reveal()).toBe('k1');
  expect(warnings).toEqual([]);
});

test('reads a secret from its file, trimmed', () => {
  expect(readEnv(shape, { HOMELAB_KEY_FILE: fileWith('from-file\n') }).config.HOMELAB_KEY.reveal()).toBe('from-file');
});

test('tells every problem at once, each with its fix, and never a value', () => {
  const fault = problemsOf({
    PORT: '70000',
    HOMELAB_KEY: 'hunter2',
    HOMELAB_KEY_FILE: fileWith('hunter3'),
    PIHOLE_1_URL: 'http://admin:hunter4@pi',
    DRY: 'maybe',
    WAIT_SECONDS: '0',
    MODE: 'half',
    LIMIT: '1.5',
    HOMELAB_REPO: fileWith('not a folder'),
  });
  expect(fault.code).toBe('invalid_input');
  expect(fault.problems.map(({ variable }) => variable).sort()).toEqual(
    ['DRY', 'HOMELAB_KEY', 'HOMELAB_REPO', 'LIMIT', 'MODE', 'PIHOLE_1_URL', 'PORT', 'WAIT_SECONDS'].sort(),
  );
  expect(fault.message).toContain('8 problems');
  expect(fault.message).toContain('PORT is not a port, 1 to 65535. Set PORT to a port, 1 to 65535, or leave it out for 8770.');
  expect(fault.message).toContain('HOMELAB_KEY and HOMELAB_KEY_FILE are both set. Keep one of them.');
  expect(fault.message).not.toMatch(/hunter|maybe|70000/);
});

test.each([
  ['unset', {}, 'is not set'],
  ['a missing file', { HOMELAB_KEY_FILE: '/nowhere/key' }, 'cannot be read from its file (ENOENT)'],
  ['a folder', { HOMELAB_KEY_FILE: tmpdir() }, 'cannot be read from its file (EISDIR)'],
  ['an empty file', { HOMELAB_KEY_FILE: fileWith(' \n') }, 'is an empty file'],
  ['a huge file', { HOMELAB_KEY_FILE: fileWith('x'.repeat(70_000)) }, 'is a file of over 64 KiB'],
])('a required secret that is %s', (_name, env, problem) => {
  const [first, ...more] = problemsOf(env).problems;
  expect(first).toMatchObject({ variable: 'HOMELAB_KEY', problem });
  expect(first?.fix).toContain('HOMELAB_KEY_FILE');
  expect(more).toEqual([]);
});

test('warns about a misspelt variable, not about a neighbour', () => {
  const env = { HOMELAB_KEY: 'k', HOMELAB_RPEO: '/x', PIHOLE_2_URL: 'http://b', HOMEBREW_REPO: '/y', UNRELATED: '1', WAIT_SECOND: '3' };
  expect(readEnv(shape, env).warnings).toEqual([
    'HOMELAB_RPEO is set but unknown; HOMELAB_REPO may be meant.',
    'WAIT_SECOND is set but unknown; WAIT_SECONDS may be meant.',
  ]);
});

test('a secret prints as [secret] everywhere', () => {
  const { HOMELAB_KEY: key } = readEnv(shape, { HOMELAB_KEY: 'hunter2' }).config;
  expect([`${key}`, JSON.stringify({ key }), inspect({ key }, { depth: 9, showHidden: true })].join(' ')).not.toContain('hunter2');
  expect(`${key} ${JSON.stringify([key])} ${inspect(key)}`).toBe('[secret] ["[secret]"] [secret]');
});

test('describes the variables for the documentation', () => {
  const rows = describeEnv(shape);
  expect(rows.slice(0, 3)).toEqual([
    { variable: 'PORT', default: '8770', meaning: 'Port to listen on', secret: false },
    { variable: 'HOMELAB_REPO', default: 'none', meaning: 'The repository', secret: false },
    { variable: 'HOMELAB_KEY', default: 'required', meaning: 'Key of the upstream', secret: true },
  ]);
  for (const row of describeEnv(z.object(suiteEnv))) {
    expect(row.meaning, row.variable).not.toBe('');
    // A machine's own path in a generated table would differ on every machine.
    expect(row.default, row.variable).not.toMatch(/^\//);
  }
});

test('the suite runs on its defaults alone', () => {
  const { config } = readEnv(z.object(suiteEnv), {});
  expect(config).toMatchObject({
    HOST: '127.0.0.1',
    LEGACY: 'sessions',
    RATE_PER_MINUTE: 600,
    MAX_SESSIONS: 200,
    SESSION_IDLE_SECONDS: 1800,
  });
  expect(config.STATE_DIR).toMatch(/^\/.*\/\.state$/);
});
