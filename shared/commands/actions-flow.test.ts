import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { operatorOf } from '../auth/authenticate.ts';
import { openTokens } from '../auth/token-store.ts';
import { openActions } from '../safety/actions.ts';
import { readAudit } from '../safety/audit-read.ts';
import { signingKey } from '../safety/signing-key.ts';
import { connect } from '../testing/connect.ts';
import { fixtureServer, shelf } from '../testing/fixture-server.ts';
import { start, TOKENS } from '../testing/start.ts';
import { actionsCommand } from './actions.ts';

async function lab() {
  const state = mkdtempSync(join(tmpdir(), 'actions-flow-'));
  const goods = shelf();
  const tokens = openTokens(join(state, 'tokens.json'));
  const actions = openActions(join(state, 'actions'), { key: signingKey(state) });
  const server = await start(fixtureServer, goods, { state, actions: { actions, operator: (token) => operatorOf(tokens, token) } });
  const client = await connect(server.url, TOKENS.destructive);
  onTestFinished(async () => {
    await client.close();
    await server.close();
    rmSync(state, { recursive: true, force: true });
  });
  const said: string[] = [];
  const type = (env: Record<string, string>, ...argv: string[]) =>
    actionsCommand(argv, { out: (text) => said.push(text), error: (text) => said.push(text), env: { STATE_DIR: state, ...env } });
  const ask = async () => /action ([0-9a-z]{10})/.exec((await client.call('shelf_clear')).text)?.[1] ?? '';
  return { state, goods, tokens, actions, base: new URL(server.url).origin, type, ask, said };
}

test('what an AI asks for runs once after a person approved it on the machine, and not before', async () => {
  const { state, goods, actions, type, ask, said } = await lab();
  const id = await ask();
  expect(goods.items).toHaveLength(3);
  expect(await type({}, 'show', id)).toBe(0);
  expect(said.join('\n')).toContain('Approving runs shelf_clear once');
  expect(await type({}, 'approve', id, '--yes')).toBe(0);
  const end = await actions.waitFor(id, 15_000);
  expect(end).toMatchObject({ state: 'completed', ended: { outcome: 'ok', text: expect.stringContaining('Empty.') } });
  expect(goods.items).toEqual([]);
  expect(await type({}, 'approve', id, '--yes')).toBe(1);
  const { entries } = await readAudit(state, { since: undefined, limit: 50 });
  expect(
    entries
      .filter(({ action }) => action === id)
      .map(({ kind }) => kind)
      .reverse(),
  ).toEqual(['asked', 'approved', 'began', 'ended']);
});

test('and over HTTP with the operator token; what is denied does not run', async () => {
  const { goods, tokens, actions, base, type, ask } = await lab();
  const env = { HOMELAB_OPERATOR_TOKEN: tokens.add({ name: 'phone', operator: true }) };
  const id = await ask();
  expect(await type(env, 'deny', id, '--why', 'not today', '--url', base)).toBe(0);
  expect(actions.get(id)).toMatchObject({ state: 'denied', denied: { by: 'phone', why: 'not today' } });
  const next = await ask();
  expect(next).not.toBe(id);
  expect(await type(env, 'approve', next, '--yes', '--url', `${base}/mcp`)).toBe(0);
  expect(await actions.waitFor(next, 15_000)).toMatchObject({ state: 'completed', approved: { by: 'phone' } });
  expect(goods.items).toEqual([]);
});

test('watching goes on while the server is away for a while', async () => {
  const { tokens, base, ask, state } = await lab();
  const env = { STATE_DIR: state, HOMELAB_OPERATOR_TOKEN: tokens.add({ name: 'phone', operator: true }) };
  // What stands between: answers for the server, or not at all.
  let up = true;
  const between = createServer(async (req, res) => {
    if (!up) return void req.socket.destroy();
    const answer = await fetch(base + req.url, { headers: { authorization: req.headers.authorization ?? '' } });
    res.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void between.close());
  const leave = new AbortController();
  const said: string[] = [];
  const context = {
    out: (text: string) => said.push(text),
    error: (text: string) => said.push(text),
    env,
    signal: leave.signal,
    watchMs: 10,
  };
  const watching = actionsCommand(['watch', '--url', `http://127.0.0.1:${(between.address() as AddressInfo).port}`], context);
  await expect.poll(() => said.length).toBe(1);
  up = false;
  await expect.poll(() => said.at(-1)).toContain('Still looking');
  const id = await ask();
  up = true;
  await expect.poll(() => said.at(-1)).toContain(`pending ${id} shelf_clear`);
  leave.abort();
  expect(await watching).toBe(0);
  expect(said).toHaveLength(3);
});
