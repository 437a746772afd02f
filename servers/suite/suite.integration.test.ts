import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { readAudit } from '../../shared/safety/audit-read.ts';
import { connect } from '../../shared/testing/connect.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const state = mkdtempSync(join(tmpdir(), 'suite-'));
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(state, { recursive: true, force: true });
});

/** Starts the suite as `npm start` does; `out` grows as it prints. */
function startSuite(env: Record<string, string>): { child: ChildProcess; out: () => string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ['launch.mjs', 'servers/suite/index.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', STATE_DIR: state, LOG_LEVEL: 'silent', DOCKER_HOSTS: 'simulator', ...env },
  });
  running.push(child);
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (part: string) => printed.push(part));
  return { child, out: () => printed.join(''), ended: new Promise((resolve) => void child.on('close', resolve)) };
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => void server.close(resolve));
  return String(port);
}

test('a first start prints lines that work as they stand; a later one shows no token; SIGTERM ends it', async () => {
  const port = await freePort();
  const first = startSuite({ HOMELAB_PORT: port, DNS_PORT: await freePort(), DOCKER_PORT: await freePort() });
  await expect.poll(first.out, { timeout: 20_000 }).toContain('Stop with Ctrl-C');
  const line = /claude mcp add --transport http mcp-homelab (\S+) --header "Authorization: Bearer (\S+)"/.exec(first.out());
  expect(line?.[1]).toBe(`http://127.0.0.1:${port}/mcp`);
  expect(first.out()).toContain('"timeout": 600000');
  expect(first.out()).toContain('Open WebUI');
  const client = await connect(line?.[1] ?? '', line?.[2]);
  const answer = await client.call('docs_search', { query: 'why can the NAS not build images?' });
  expect(answer.text).toContain('decisions/0008-qnap-images-by-save-and-load.md');
  await client.close();
  const { entries } = await readAudit(state);
  expect(entries.filter(({ kind }) => kind === 'token')).toMatchObject([
    { caller: 'suite', what: 'added', targets: ['first'], reason: 'write' },
  ]);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const second = startSuite({ HOMELAB_PORT: port, DNS_PORT: await freePort(), DOCKER_PORT: await freePort() });
  await expect.poll(second.out, { timeout: 20_000 }).toContain('Stop with Ctrl-C');
  expect(second.out()).toContain('Bearer $HOMELAB_TOKEN"');
  expect(second.out()).not.toMatch(/hlab_/);
  expect(second.out()).toContain('npm run token -- add NAME');
  const again = await connect(`http://127.0.0.1:${port}/mcp`, line?.[2], 'v1');
  expect((await again.call('docs_read', { ref: 'ADR 8' })).isError).toBe(false);
  await again.close();

  const third = startSuite({ HOMELAB_PORT: port, DNS_PORT: await freePort(), DOCKER_PORT: await freePort() });
  expect(await third.ended).toBe(1);
  expect(third.out()).toMatch(/Port \d+ of mcp-homelab is taken .*\n?.*HOMELAB_PORT/);
});

test('every configuration error is told at once, with its fix, and nothing starts', async () => {
  const { out, ended } = startSuite({ HOMELAB_PORT: 'many', LEGACY: 'maybe', MAX_SESSIONS: '-3', LOG_LEVEL: 'silent' });
  expect(await ended).toBe(1);
  for (const variable of ['HOMELAB_PORT', 'LEGACY', 'MAX_SESSIONS']) expect(out()).toContain(`Set ${variable} to`);
});

test('an address that others can reach is refused while there is no token', async () => {
  const { out, ended } = startSuite({ HOST: '0.0.0.0', HOMELAB_PORT: await freePort(), DOCKER_PORT: await freePort() });
  expect(await ended).toBe(1);
  expect(out()).toMatch(/HOST is 0\.0\.0\.0, .* no token yet[\s\S]*npm run token -- add/);
});
