import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAudit } from '../safety/audit-read.ts';
import { verifyAudit } from '../safety/audit-verify.ts';
import { readEvents } from '../safety/event-reader.ts';
import { connect } from '../testing/connect.ts';
import { fixtureServer, shelf } from '../testing/fixture-server.ts';
import { start, TOKENS } from '../testing/start.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'change-'));
});
afterEach(() => {
  chmodSync(state, 0o700);
  rmSync(state, { recursive: true, force: true });
});

const put = (item: string) => ({ item });

async function lab(policy = '', safety = {}) {
  if (policy) writeFileSync(join(state, 'policy.yaml'), `version: 1\n${policy}\n`);
  const goods = shelf();
  const server = await start(fixtureServer, goods, { state, safety });
  const client = await connect(server.url, TOKENS.destructive);
  const close = async (): Promise<void> => {
    await client.close();
    await server.close();
  };
  return { goods, server, client, close };
}

describe('the operator', () => {
  test('approves, the server runs it once, and the caller reads how it ended', async () => {
    const { goods, server, client, close } = await lab();
    const first = await client.call('shelf_clear');
    const id = /action ([0-9a-z]{10}) waits/.exec(first.text)?.[1] ?? '';
    expect(first.text).toMatch(/^approval_required: .*fixture_actions/);
    // Asked again it is the same action, not a second one.
    expect((await client.call('shelf_clear')).text).toContain(id);
    expect(goods.items).toHaveLength(3);
    const waiting = client.call('fixture_actions', { id, wait: 30 });
    await server.safety.actions.approve(id, 'owner');
    expect((await waiting).text).toMatch(new RegExp(`^${id} completed shelf_clear[\\s\\S]*ok: Empty\\.`));
    expect(goods.items).toHaveLength(0);
    expect((await client.call('fixture_actions')).text).toContain(id);
    await close();
    const { entries } = await readAudit(state);
    const kinds = entries.filter(({ kind }) => kind !== 'opened').map(({ kind, caller }) => `${kind} ${caller}`);
    expect(kinds.reverse()).toEqual(['asked test-destructive', 'approved owner', 'began test-destructive', 'ended test-destructive']);
    expect((await verifyAudit(state)).findings).toEqual([]);
    const happened = (await readEvents(state, {})).events.map(({ type }) => type).reverse();
    expect(happened.filter((type) => type.startsWith('action_'))).toEqual([
      'action_pending',
      'action_approved',
      'action_running',
      'action_completed',
    ]);
  });

  test('denies, and nothing runs; another caller cannot withdraw', async () => {
    const { goods, server, client, close } = await lab();
    const id = /action ([0-9a-z]{10})/.exec((await client.call('shelf_clear')).text)?.[1] ?? '';
    const other = await connect(server.url, TOKENS.write);
    expect((await other.call('fixture_actions', { id, cancel: true })).text).toMatch(/^denied: That action is of another caller/);
    await server.safety.actions.deny(id, 'owner', 'not today');
    expect((await client.call('fixture_actions', { id })).text).toContain('denied');
    expect(goods.items).toHaveLength(3);
    await other.close();
    await close();
  });

  test('is too late when what was approved has changed', async () => {
    const { goods, server, client, close } = await lab('rules: [{ tool: shelf_take, verdict: operator }]');
    const id = /action ([0-9a-z]{10})/.exec((await client.call('shelf_take', { item: 'alpha' })).text)?.[1] ?? '';
    goods.items.push('new');
    await server.safety.actions.approve(id, 'owner');
    expect((await client.call('fixture_actions', { id, wait: 30 })).text).toMatch(/stale|has changed since/);
    expect(goods.items).toContain('alpha');
    await close();
  });
});

describe('a change that lasts', () => {
  test('goes on as an action, tells how far it is, and ends there', async () => {
    const { goods, client, close } = await lab('', { longMs: 100 });
    const reply = await client.call('shelf_slow', { item: 'late' });
    const id = /action ([0-9a-z]{10})/.exec(reply.text)?.[1] ?? '';
    expect(reply).toMatchObject({ isError: false, text: expect.stringContaining('still runs') });
    expect((await client.call('fixture_actions', { id })).text).toMatch(/running shelf_slow/);
    goods.letGo();
    expect((await client.call('fixture_actions', { id, wait: 30 })).text).toMatch(/completed shelf_slow[\s\S]*Put late at last/);
    await close();
  });

  test('is stopped when its caller cancels it', async () => {
    const { goods, client, close } = await lab('', { longMs: 100 });
    const id = /action ([0-9a-z]{10})/.exec((await client.call('shelf_slow', { item: 'late' })).text)?.[1] ?? '';
    await client.call('fixture_actions', { id, cancel: true });
    expect((await client.call('fixture_actions', { id, wait: 30 })).text).toMatch(/failed shelf_slow/);
    expect(goods.items).not.toContain('late');
    await close();
  });
});

describe('what holds a change back', () => {
  test('a broken policy: nothing changes, reading goes on', async () => {
    const { goods, client, close } = await lab('rules: [{ verdict: perhaps }]');
    expect((await client.call('shelf_put', put('x'))).text).toMatch(/^unavailable: The policy file is broken/);
    expect((await client.call('shelf_list')).isError).toBe(false);
    expect(goods.items).toHaveLength(3);
    await close();
  });

  test('an audit that cannot be written: nothing changes, reading goes on', async () => {
    // A file where the folder should be stops root as well, whom modes do not stop.
    writeFileSync(join(state, 'audit'), '');
    const { goods, client, close } = await lab();
    expect((await client.call('shelf_put', put('x'))).text).toMatch(/^unavailable: /);
    expect((await client.call('shelf_list')).isError).toBe(false);
    expect(goods.items).toHaveLength(3);
    await close();
  });

  test('the budget of an hour', async () => {
    const { goods, client, close } = await lab('writes_per_hour: 2');
    for (const item of ['one', 'two']) expect((await client.call('shelf_put', put(item))).isError).toBe(false);
    expect((await client.call('shelf_put', put('three'))).text).toMatch(/^denied: The budget of 2 writes an hour is used up/);
    expect(goods.items).toHaveLength(5);
    await close();
  });

  test('three failures in a row', async () => {
    const { client, close } = await lab();
    for (let time = 0; time < 3; time++) expect((await client.call('shelf_late')).text).toMatch(/^timeout: /);
    expect((await client.call('shelf_late')).text).toMatch(/^denied: shelf_late is stopped: it failed 3 times/);
    await close();
  });

  test('the same idempotency key', async () => {
    const { goods, server, client, close } = await lab();
    const retrying = await connect(server.url, TOKENS.destructive, 'v2-modern', { headers: { 'idempotency-key': 'key-for-one-change' } });
    expect((await retrying.call('shelf_put', put('once'))).text).toBe('The shelf now holds 4.');
    expect((await retrying.call('shelf_put', put('once'))).text).toMatch(/nothing was done again\.\nThe shelf now holds 4\./);
    expect((await retrying.call('shelf_put', put('other'))).text).toMatch(/^invalid_input: /);
    expect(goods.items).toHaveLength(4);
    await retrying.close();
    expect((await client.call('shelf_put', put('once'))).text).toBe('The shelf now holds 5.');
    await close();
  });
});

describe('a policy about reading', () => {
  test('refuses and hides what is never allowed, for the caller it names', async () => {
    const { server, client, close } = await lab('rules: [{ tool: shelf_list, caller: test-read, verdict: deny, why: private }]');
    const reader = await connect(server.url, TOKENS.read);
    const names = async (of: typeof client) => (await of.raw.listTools()).tools.map(({ name }) => name);
    expect(await names(reader)).not.toContain('shelf_list');
    expect(await names(client)).toContain('shelf_list');
    expect((await reader.call('shelf_list')).text).toMatch(/^denied: The policy refuses .*private/);
    expect((await client.call('shelf_list')).isError).toBe(false);
    await reader.close();
    await close();
  });

  test("can make a person allow it; taking one's own action back needs nobody", async () => {
    const { client, close } = await lab(
      'defaults: { read: operator, write: operator }\nrules: [{ tool: fixture_actions, verdict: allow }]',
    );
    const id = /action ([0-9a-z]{10}) waits/.exec((await client.call('shelf_list')).text)?.[1] ?? '';
    expect((await client.call('fixture_actions', { id, cancel: true })).text).toMatch(/denied shelf_list/);
    await close();
  });
});

describe('a dialog', () => {
  test('cannot be answered twice, for other arguments, by another caller, or with a forged state', async () => {
    const { goods, server, close } = await lab('rules: [{ tool: shelf_put, verdict: ask }]');
    const ask = (token: string, body: object) =>
      fetch(server.url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': '2026-07-28',
          'mcp-method': 'tools/call',
          'mcp-name': 'shelf_put',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { ...body, _meta: META, name: 'shelf_put' } }),
      }).then(async (response) => (await response.json()) as { result: Record<string, unknown> });
    const answer = { confirm: { action: 'accept', content: { approve: true } } };
    const first = (await ask(TOKENS.write, { arguments: put('pen') })).result;
    const requestState = String(first.requestState);
    expect(first.resultType).toBe('input_required');
    const told = async (token: string, body: object): Promise<string> => JSON.stringify((await ask(token, body)).result.content);
    const repeat = { arguments: put('pen'), inputResponses: answer, requestState };
    expect(await told(TOKENS.write, { ...repeat, arguments: put('piano') })).toMatch(/conflict: .*changed since/);
    expect(await told(TOKENS.destructive, repeat)).toMatch(/denied: .*given for another call/);
    expect(await told(TOKENS.write, { ...repeat, requestState: `${requestState.slice(0, -4)}AAAA` })).toMatch(/denied: .*not issued here/);
    expect(await told(TOKENS.write, { ...repeat, requestState: 'x'.repeat(5_000) })).toMatch(/denied: .*not issued here/);
    expect(goods.items).toHaveLength(3);
    expect(await told(TOKENS.write, repeat)).toMatch(/now holds 4/);
    expect(await told(TOKENS.write, repeat)).toMatch(/denied: .*used already/);
    expect(goods.items).toHaveLength(4);
    await close();
  });

  test('is not opened twice for a client that asks by itself', async () => {
    const { goods, server, close } = await lab('rules: [{ tool: shelf_take, verdict: ask }, { tool: shelf_put, verdict: ask }]');
    const questions: string[] = [];
    const elicit = async (message: string) => {
      questions.push(message);
      return { action: 'decline' as const };
    };
    const claude = await connect(server.url, TOKENS.write, 'v2-modern', { elicit, name: 'claude-code' });
    const { tools } = await claude.raw.listTools();
    expect(tools.find(({ name }) => name === 'shelf_take')?._meta).toMatchObject({ 'anthropic/requiresUserInteraction': true });
    expect((await claude.call('shelf_take', { item: 'alpha' })).text).toContain('took alpha');
    expect(questions).toHaveLength(0);
    expect((await claude.call('shelf_put', put('x'))).text).toMatch(/^denied: .*declined/);
    expect(questions).toHaveLength(1);
    expect(goods.items).toEqual(['beta', 'gamma/delta']);
    await claude.close();
    await close();
  });
});

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } },
};
