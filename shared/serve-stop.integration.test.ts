import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { fixtureServer, shelf } from './testing/fixture-server.ts';
import { initialize, modern, send } from './testing/raw-http.ts';
import { start } from './testing/start.ts';

const STOPPABLE = fileURLToPath(new URL('testing/stoppable-server.ts', import.meta.url));
const wait = modern('tools/call', { name: 'shelf_wait', arguments: {} });
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function child(): Promise<{ process: ChildProcess; url: string; waiting: () => Promise<number> }> {
  const process = fork(STOPPABLE, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  children.push(process);
  const ask = async (what: string): Promise<string> => {
    process.send(what);
    return String((await once(process, 'message'))[0]);
  };
  return { process, url: await ask('url'), waiting: async () => Number(await ask('waiting')) };
}

test('SIGTERM lets a running call finish, takes no new one, and ends the process', async () => {
  const { process, url, waiting } = await child();
  const running = send(url, wait);
  await expect.poll(waiting).toBe(1);
  const ended = once(process, 'exit');
  process.kill('SIGTERM');
  await expect
    .poll(() =>
      send(url, modern('tools/list')).then(
        () => 'answered',
        () => 'refused',
      ),
    )
    .toBe('refused');
  process.send('release');
  expect((await running).json.result.content[0].text).toBe('Done waiting.');
  expect(await ended).toEqual([0, null]);
});

test('SIGTERM with nothing running ends the process at once, whatever sessions and streams are open', async () => {
  const { process, url } = await child();
  const session = String((await send(url, { body: initialize })).headers['mcp-session-id']);
  const stream = send(url, { method: 'GET', headers: { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' } });
  stream.catch(() => {});
  await expect.poll(async () => (await send(url, modern('tools/list'))).status).toBe(200);
  const ended = once(process, 'exit');
  process.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test('a call that never ends is cut after the time it had, within 10 s', { timeout: 20_000 }, async () => {
  const { process, url, waiting } = await child();
  const running = send(url, wait);
  await expect.poll(waiting).toBe(1);
  const ended = once(process, 'exit');
  process.kill('SIGTERM');
  const { status, headers } = await running;
  expect([status, headers['retry-after']]).toEqual([503, '1']);
  expect(await ended).toEqual([0, null]);
});

test('a port in use is told with the variable that sets it', async () => {
  const server = await start(fixtureServer, shelf());
  await expect(start(fixtureServer, shelf(), { port: server.port })).rejects.toMatchObject({
    code: 'conflict',
    message: `Port ${server.port} of mcp-fixture is taken by another program.`,
    hint: expect.stringContaining('TEST_PORT'),
  });
  await server.close();
});

test('an open door without a token is refused', async () => {
  await expect(start(fixtureServer, shelf(), { env: { HOST: '0.0.0.0' }, tokenCount: 0 })).rejects.toMatchObject({
    code: 'denied',
    hint: expect.stringContaining('npm run token'),
  });
  const local = await start(fixtureServer, shelf(), { tokenCount: 0 });
  await local.close();
});
