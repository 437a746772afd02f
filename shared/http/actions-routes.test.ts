import { request } from 'node:http';
import { beforeEach, expect, test } from 'vitest';
import { remoteDesk } from '../commands/actions-desk.ts';
import { type ActionsServer, startActionsServer } from '../testing/actions-server.ts';

let server: ActionsServer;
beforeEach(async () => {
  server = await startActionsServer();
  return () => server.close();
});

const json = { accept: 'application/json' };
const bearer = (token = server.operator) => ({ ...json, authorization: `Bearer ${token}` });
const ask = (path: string, init: RequestInit = {}) => fetch(server.base + path, { redirect: 'manual', ...init });

/** What a browser does: keeps the cookie, sends the page's origin with forms. */
function browser() {
  let cookie = '';
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = await ask(path, { ...init, headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...init.headers } });
    const set = answer.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? '';
    return { status: answer.status, headers: answer.headers, text: await answer.text(), set };
  };
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    send(path, { method: 'POST', body: new URLSearchParams(form), headers: { origin: server.base, ...headers } });
  const enter = (token = server.operator) => post('/actions/enter', { token });
  const formOf = async (id: string) => (await send(`/actions/${id}`)).text.match(/name="form" value="([^"]+)"/)?.[1] ?? '';
  return { send, post, enter, formOf };
}

test('a program lists, looks and decides with the operator token', async () => {
  const desk = remoteDesk(`${server.base}/`, server.operator);
  const id = await server.propose();
  const { actions, total } = await desk.list();
  expect([actions[0]?.id, total]).toEqual([id, 1]);
  const { digest, preview } = await desk.get(id);
  expect(preview).toContain('grafana-data stays');
  await expect(desk.approve(id, '0'.repeat(64))).rejects.toThrow('is not the one that was shown');
  expect(await desk.approve(id, digest)).toMatchObject({ state: 'approved', approved: { by: 'phone' } });
  await expect(desk.approve(id, digest)).rejects.toThrow('is approved by phone already');
  expect(await desk.deny(id, 'no')).toMatchObject({ state: 'denied', denied: { by: 'phone', why: 'no' } });
  await expect(desk.get('0123456789')).rejects.toThrow('There is no action');
  await expect(remoteDesk(server.base, 'hlab_wrong').list()).rejects.toThrow("no operator's token");
});

test('no other token decides, and approving needs what was seen', async () => {
  const id = await server.propose();
  const caller = server.tokens.add({ name: 'laptop', level: 'destructive' });
  for (const headers of [
    json,
    bearer('hlab_wrong'),
    bearer(caller),
    bearer('token-destructive'),
    { ...json, authorization: 'Basic eDp5' },
  ]) {
    for (const [path, method] of [
      ['/actions', 'GET'],
      [`/actions/${id}`, 'GET'],
      [`/actions/${id}/approve`, 'POST'],
    ] as const) {
      const answer = await ask(path, { method, headers });
      expect([401, 429]).toContain(answer.status);
      expect(await answer.json()).toMatchObject({ error: { code: 'denied' } });
    }
  }
  expect(server.actions.get(id).state).toBe('pending');
});

test('approving without a digest, and ids that are none, are refused', async () => {
  const id = await server.propose();
  const approve = (path: string, body = '{}') =>
    ask(path, { method: 'POST', headers: { ...bearer(), 'content-type': 'application/json' }, body });
  expect((await approve(`/actions/${id}/approve`)).status).toBe(400);
  expect((await approve(`/actions/${id}/approve`, '{"digest":["x"]}')).status).toBe(400);
  for (const bad of ['..%2f..%2fetc', 'x', '%00', 'UPPER', '0123456789a'])
    expect((await ask(`/actions/${bad}`, { headers: bearer() })).status).toBe(400);
  expect((await approve(`/actions/${id}/run`)).status).toBe(404);
  expect((await approve(`/actions/${id}/deny`, `{"why":"${'x'.repeat(20_000)}"}`)).status).toBe(413);
  expect(server.actions.get(id).state).toBe('pending');
});

test('a person gives the token once, sees what waits, and decides', async () => {
  const person = browser();
  const id = await server.propose();
  const shut = await person.send(`/actions/${id}`);
  expect([shut.status, shut.text.includes('grafana')]).toEqual([401, false]);
  const entered = await person.post('/actions/enter', { token: ` ${server.operator} `, next: id });
  expect([entered.status, entered.headers.get('location')]).toEqual([303, `/actions/${id}`]);
  expect(entered.set).toMatch(/^actions_mcp_fixture=[\w-]{43}; Path=\/actions; HttpOnly; SameSite=Strict; Max-Age=900$/);
  const { text } = await person.send('/actions');
  expect(text).toContain('One action waits for you');
  const form = await person.formOf(id);
  const { digest } = server.actions.get(id).effect;
  const wrong = await person.post(`/actions/${id}/approve`, { form, digest, typed: 'nas/immich' });
  expect([wrong.status, wrong.text.includes('another name')]).toEqual([400, true]);
  const done = await person.post(`/actions/${id}/approve`, { form, digest, typed: 'nas/grafana' });
  expect([done.status, done.headers.get('location')]).toEqual([303, `/actions/${id}`]);
  expect(server.actions.get(id)).toMatchObject({ state: 'approved', approved: { by: 'phone' } });
  const again = await person.post(`/actions/${id}/approve`, { form, digest, typed: id });
  expect([again.status, again.text.includes('approved by phone already')]).toEqual([409, true]);
  expect((await person.post('/actions/leave', { form })).set).toContain('Max-Age=0');
  expect((await person.send('/actions')).status).toBe(401);
});

test('another site cannot decide through the browser of a person who is in', async () => {
  const person = browser();
  await person.enter();
  const id = await server.propose({ level: 'disruptive' });
  const { digest } = server.actions.get(id).effect;
  const form = await person.formOf(id);
  const other = browser();
  await other.enter();
  const foreignForm = await other.formOf(id);
  const tries: [Record<string, string>, Record<string, string>][] = [
    [{ form, digest }, { origin: 'https://evil.example' }],
    [{ form, digest }, { origin: 'null' }],
    [{ form, digest }, { origin: server.base.replace(/:\d+$/, ':1') }],
    [{ digest }, {}],
    [{ form: '', digest }, {}],
    [{ form: foreignForm, digest }, {}],
  ];
  for (const [fields, headers] of tries) expect((await person.post(`/actions/${id}/approve`, fields, headers)).status).toBe(403);
  const bare = await person.send(`/actions/${id}/approve`, { method: 'POST', body: new URLSearchParams({ form, digest }) });
  expect(bare.status).toBe(403);
  const asJson = await person.send(`/actions/${id}/approve`, {
    method: 'POST',
    body: JSON.stringify({ digest }),
    headers: { 'content-type': 'application/json', origin: server.base },
  });
  expect(asJson.status).toBe(403);
  expect((await person.send(`/actions/${id}/approve?form=${form}&digest=${digest}`)).status).toBe(404);
  expect(server.actions.get(id).state).toBe('pending');
  expect((await person.post(`/actions/${id}/deny`, { form, why: 'no' })).status).toBe(303);
});

test('a token that is taken away ends its sessions', async () => {
  const person = browser();
  await person.enter();
  expect((await person.send('/actions')).status).toBe(200);
  server.tokens.remove('phone');
  expect((await person.send('/actions')).status).toBe(401);
});

test('five wrong tokens close the door for a minute, for the right one too, and those who are in stay in', async () => {
  const inside = browser();
  await inside.enter();
  const outside = browser();
  for (let at = 0; at < 5; at++) expect((await outside.enter('hlab_wrong')).status).toBe(401);
  const late = await outside.enter();
  expect([late.status, late.headers.get('retry-after') !== null, late.set]).toEqual([429, true, null]);
  expect((await ask('/actions', { headers: bearer() })).status).toBe(429);
  expect((await inside.send('/actions')).status).toBe(200);
});

test('foreign text is shown as text, and nothing could run or leave if it were not', async () => {
  const person = browser();
  await person.enter();
  const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>\u202e`;
  const id = await server.propose(
    {
      preview: evil,
      title: evil.slice(0, 100),
      targets: [evil],
      dependents: [evil],
      arguments: { name: evil, password: 'hunter2hunter2' },
    },
    evil,
  );
  for (const path of ['/actions', `/actions/${id}`]) {
    const { text, headers } = await person.send(path);
    expect(text).not.toMatch(/<script|<img|onerror=alert\(1\)>[^&]*<\/b>|\u202e/i);
    expect(text).not.toContain('hunter2');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('a foreign name of the server is refused before any token is looked at', async () => {
  const { port } = new URL(server.base);
  const status = await new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/actions', headers: { ...bearer(), host: 'evil.example' } }, (res) => resolve(res.statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
});

test("the operator's token opens no other door", async () => {
  expect((await ask('/metrics', { headers: bearer() })).status).toBe(401);
  expect((await ask('/mcp', { method: 'POST', headers: { ...bearer(), 'content-type': 'application/json' }, body: '{}' })).status).toBe(
    401,
  );
});
