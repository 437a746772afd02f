import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openTokens } from '../auth/token-store.ts';
import { port } from '../config/env-fields.ts';
import type { Env } from '../config/read-env.ts';
import { doctor, type Finding } from './doctor.ts';
import { type AnyServerModule, type DoctorCheck, defineServer } from './server-module.ts';
import { portCheck } from './suite-checks.ts';

function freshState(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'doctor-')), 'state');
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

function dns(checks: readonly DoctorCheck[]): AnyServerModule {
  return defineServer({
    definition: { name: 'mcp-dns', title: 'DNS', version: '1', instructions: '', tools: [], resources: [], prompts: [] },
    env: { DNS_PORT: port(8773) },
    port: 'DNS_PORT',
    open: async () => ({ client: undefined, probes: [], close: async () => {} }),
    checks: () => checks,
  });
}

async function run(env: Env, ...checks: DoctorCheck[]) {
  let out = '';
  const say = (text: string) => {
    out += text;
  };
  const exit = await doctor([dns(checks)], { out: say, env });
  return { exit, out, lines: out.split('\n') };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: number } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return number;
}

async function listening(body: string): Promise<number> {
  const server = createServer((_req, res) => void res.end(body)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test('a healthy installation is ok, and nothing is left behind', async () => {
  const folder = freshState();
  openTokens(join(folder, 'tokens.json')).add({ name: 'laptop', level: 'write' });
  const { exit, out } = await run(
    { STATE_DIR: folder, DNS_PORT: String(await freePort()) },
    { name: 'pihole', run: async () => ({ ok: 'ok', found: 'answers' }) },
  );
  expect(out).toMatch(
    /^STATE +CHECK +FOUND\nok +configuration +suite, mcp-dns: no problem\nok +tokens +1 in .*: 1 write\nok +state folder .* is writable, .* GiB free\nok +mcp-dns port +\d+ is free; not running\nok +pihole +answers\n\n5 ok, 0 to look at, 0 failed$/,
  );
  expect(exit).toBe(0);
  expect(readdirSync(folder)).toEqual(['tokens.json']);
});

test('every configuration problem is told once, with its fix, and nothing that hangs on it passes for checked', async () => {
  const { exit, out } = await run(
    { LEGACY: 'never', DNS_PORT: '0', MAX_SESSIONS: 'x' },
    { name: 'pihole', run: async () => ({ ok: 'ok', found: 'answers' }) },
  );
  expect(exit).toBe(1);
  expect(out.match(/LEGACY is not one of/g)).toHaveLength(1);
  expect(out).toContain('-> Set DNS_PORT to a port, 1 to 65535, or leave it out for 8773.');
  expect(out).toMatch(/FAIL +suite +not checked/);
  expect(out).toMatch(/FAIL +mcp-dns +not checked/);
  expect(out).not.toContain('answers');
});

test('a misspelt variable and a state folder that is not there yet are to be looked at', async () => {
  const folder = freshState();
  const { exit, out } = await run({ STATE_DIR: join(folder, 'none'), DNS_PROT: '1', LOG_LEVLE: 'info' });
  expect(exit).toBe(0);
  expect(out).toContain('LOG_LEVLE is set but unknown; LOG_LEVEL may be meant.');
  expect(out).toContain('DNS_PROT is set but unknown; DNS_PORT may be meant.');
  expect(out).toMatch(/warn +tokens +none in/);
  expect(out).toMatch(/does not exist yet\n +-> The first start makes it\./);
  expect(out).toContain('0 failed');
});

test('a broken tokens file fails with its line; open modes are to be looked at', async () => {
  const folder = freshState();
  const file = join(folder, 'tokens.json');
  openTokens(file).add({ name: 'laptop', level: 'write' });
  chmodSync(file, 0o640);
  chmodSync(folder, 0o755);
  const open = await run({ STATE_DIR: folder });
  expect(open.exit).toBe(0);
  expect(open.out).toContain(`chmod 600 ${file}`);
  expect(open.out).toContain(`chmod 700 ${folder}`);
  writeFileSync(file, '{"tokens": 7}');
  const broken = await run({ STATE_DIR: folder });
  expect(broken.exit).toBe(1);
  expect(broken.out).toMatch(/FAIL +tokens +.*tokens\.json:1:2 tokens is wrong/);
});

test('a state folder that cannot be written fails', async (context) => {
  if (process.platform !== 'linux') context.skip('needs a folder that refuses writes to root too, which Linux has in /proc');
  // The kernel refuses new files here to everyone, root included.
  const { exit, out } = await run({ STATE_DIR: '/proc/self/fdinfo' });
  expect(out).toMatch(/FAIL +state folder +\/proc\/self\/fdinfo cannot be written \(E[A-Z]+\)/);
  expect(exit).toBe(1);
});

test('a check that throws or is told apart from one that passes', async () => {
  const folder = freshState();
  const checks: DoctorCheck[] = [
    { name: 'throws', run: () => Promise.reject(Object.assign(new Error('secret text'), { code: 'EPIPE' })) },
    { name: 'fails', run: async (): Promise<Finding> => ({ ok: 'fail', found: 'away', todo: 'Start it.' }) },
  ];
  const { exit, out } = await run({ STATE_DIR: folder }, ...checks);
  expect(exit).toBe(1);
  expect(out).toMatch(/FAIL +throws +the check itself broke \(EPIPE\)\n/);
  expect(out).toMatch(/FAIL +fails +away\n +-> Start it\.\n/);
  expect(out).not.toContain('secret text');
});

test('a port is free, ours, another server, or another program', async () => {
  const find = async (number: number) => portCheck('mcp-dns', '127.0.0.1', number, 'DNS_PORT').run();
  const free = await freePort();
  expect(await find(free)).toEqual({ ok: 'ok', found: `${free} is free; not running` });
  expect(await find(await listening('{"status":"ok","server":"mcp-dns"}'))).toMatchObject({
    ok: 'ok',
    found: expect.stringContaining('is running'),
  });
  expect(await find(await listening('{"status":"ok","server":"mcp-docker"}'))).toMatchObject({
    ok: 'fail',
    found: expect.stringContaining('mcp-docker answers'),
  });
  expect(await find(await listening('<html>'))).toMatchObject({ ok: 'fail', todo: expect.stringContaining('DNS_PORT') });
  expect(await portCheck('mcp-dns', '192.0.2.1', 8773, 'DNS_PORT').run()).toMatchObject({
    ok: 'fail',
    found: expect.stringContaining('cannot be listened on'),
  });
});
