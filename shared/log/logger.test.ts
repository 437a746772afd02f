import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Secret } from '../config/secret.ts';
import { Fault } from '../faults.ts';
import type { Fields } from './fields.ts';
import { type LogLevel, logger } from './logger.ts';

function memory(level: LogLevel = 'info') {
  const written: string[] = [];
  const log = logger({ name: 'mcp-dns', level, destination: { write: (line) => written.push(line) } });
  return { log, written, lines: () => written.map((line) => JSON.parse(line)) };
}

test('writes one JSON line per event, with a time, a severity and its fields', () => {
  const { log, written, lines } = memory();
  log.child({ requestId: 'r1', caller: 'laptop' }).info('call', { tool: 'dns_status', ms: 12, outcome: 'ok', client: 'a\nb' });
  log.debug('hidden');
  expect(written).toHaveLength(1);
  expect(written[0]?.trimEnd()).not.toContain('\n');
  expect(lines()[0]).toMatchObject({
    server: 'mcp-dns',
    severity: 'info',
    event: 'call',
    requestId: 'r1',
    caller: 'laptop',
    tool: 'dns_status',
    ms: 12,
  });
  expect(new Date(lines()[0].time).getTime()).toBeGreaterThan(0);
});

test('only declared fields pass, and never a secret or an object', () => {
  const { log, written, lines } = memory();
  const fields = { tool: 't', args: { password: 'hunter2' }, detail: { password: 'hunter2' }, reason: new Secret('hunter2') } as Fields;
  log.info('call', fields);
  log.child(fields).warn('call');
  expect(written.join('')).not.toContain('hunter2');
  expect(lines()[0]).toMatchObject({ tool: 't', detail: '[object]', reason: '[secret]' });
  expect(lines()[0]).not.toHaveProperty('args');
});

test('an error is told with its code and its causes, each once', () => {
  const { log, lines } = memory();
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', config: { token: 'hunter2' } });
  log.error('upstream away', { err: new Fault('unavailable', 'Pi-hole is away.', { cause }) });
  const { err } = lines()[0];
  expect(err).toMatchObject({ type: 'Fault', code: 'unavailable', message: 'Pi-hole is away.' });
  expect(err.cause).toMatchObject({ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' });
  expect(err.stack).not.toContain('Pi-hole');
  expect(JSON.stringify(err)).not.toContain('hunter2');
});

test('a token inside text is hidden, the ids of a call are not', () => {
  const { log, written, lines } = memory();
  const token = `hlab_${randomBytes(32).toString('base64url')}`;
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  log.error('call', { requestId: '9f8b2c31', traceparent, client: `curl ${token}`, err: new Error(`Authorization: Bearer ${token}`) });
  expect(written.join('')).not.toContain(token);
  expect(lines()[0]).toMatchObject({ requestId: '9f8b2c31', traceparent, client: expect.stringContaining('[redacted') });
});

test('survives what is thrown that is no error, circles of causes, and long text', () => {
  const { log, lines } = memory();
  const circle = new Error('a');
  circle.cause = circle;
  log.error('odd', { err: circle });
  log.error('odd', { err: 'text' });
  log.error('odd', { err: undefined, detail: 'x'.repeat(9000) });
  expect(lines()).toHaveLength(3);
  expect(lines()[1].err).toEqual({ type: 'string', message: 'text' });
  expect(lines()[2].detail).toMatch(/^x{500}\.\.\. \(9000 characters\)$/);
});

test('a process that exits at once has written its last line to stderr, and nothing to stdout', () => {
  const file = fileURLToPath(new URL('logger.ts', import.meta.url));
  const program = `import { logger } from ${JSON.stringify(file)}; logger({ name: 'x' }).error('last words', { count: 1 }); process.exit(3);`;
  const run = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], { encoding: 'utf8' });
  expect(run.status).toBe(3);
  expect(run.stdout).toBe('');
  expect(JSON.parse(run.stderr)).toMatchObject({ event: 'last words', count: 1, severity: 'error' });
});
