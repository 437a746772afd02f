import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Serving } from './serve.ts';
import { CLIENTS, connect } from './testing/connect.ts';
import { fixtureServer, shelf } from './testing/fixture-server.ts';
import { start, TOKENS } from './testing/start.ts';

const WAYS = [
  ...CLIENTS.map((kind) => ({ kind, LEGACY: 'sessions' })),
  ...CLIENTS.filter((kind) => kind !== 'v2-modern').map((kind) => ({ kind, LEGACY: 'stateless' })),
];

describe.each(WAYS)('the front door with $kind, LEGACY=$LEGACY', ({ kind, LEGACY }) => {
  const goods = shelf();
  let server: Serving;
  beforeAll(async () => {
    server = await start(fixtureServer, goods, { env: { LEGACY } });
  });
  afterAll(() => server.close());

  test('lists only what the token may do, in order, without change notices', async () => {
    const reader = await connect(server.url, TOKENS.read, kind);
    const { tools } = await reader.raw.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(['shelf_list', 'shelf_fail', 'shelf_wait', 'fixture_actions', 'shelf_picture']);
    expect(tools[0]?.inputSchema).toEqual({
      type: 'object',
      properties: { limit: { type: 'integer', minimum: 1, maximum: 10_000, default: 20, description: 'Rows at most' } },
      additionalProperties: false,
    });
    expect(tools[0]?.outputSchema).toBeUndefined();
    expect(tools[0]?.annotations).toMatchObject({ readOnlyHint: true });
    expect(reader.raw.getServerCapabilities()).toMatchObject({ tools: { listChanged: false } });
    expect(reader.raw.getInstructions()).toBe(fixtureServer.instructions);
    await reader.close();
  });

  test('answers with one text block; the JSON endpoint adds typed content', async () => {
    const client = await connect(server.url, TOKENS.read, kind);
    const result = await client.call('shelf_list', { limit: 1 });
    expect(result.text).toBe(`1 of ${goods.items.length} items\nalpha`);
    expect(result.content).toHaveLength(1);
    expect(result.structuredContent).toBeUndefined();
    await client.close();

    const program = await connect(`${server.url}?format=json`, TOKENS.read, kind);
    const { tools } = await program.raw.listTools();
    expect(tools[0]?.outputSchema).toMatchObject({ type: 'object' });
    const typed = await program.call('shelf_list', { limit: 1 });
    expect(typed.structuredContent).toEqual({ items: ['alpha'], total: goods.items.length });
    expect(typed.text).toBe(result.text);
    await program.close();
  });

  test('tells wrong arguments, unknown tools and levels that are too low', async () => {
    const reader = await connect(server.url, TOKENS.read, kind);
    expect(await reader.call('shelf_list', { limit: 'many', lim: 3 })).toMatchObject({
      isError: true,
      text: expect.stringMatching(
        /^invalid_input: shelf_list got `limit`: .*; an unknown argument `lim` \(did you mean `limit`\?\)\. Arguments: limit\.$/,
      ),
    });
    await expect(reader.call('shelf_lst')).rejects.toThrow(/Did you mean shelf_list\?/);
    expect((await reader.call('shelf_put', { item: 'x' })).text).toMatch(/^denied: .*level write; `test-read` has read\./);
    await reader.close();
    const writer = await connect(server.url, TOKENS.write, kind);
    expect((await writer.call('shelf_put', { item: 'heavy stone' })).text).toMatch(/^denied: .*level disruptive/);
    const before = goods.items.length;
    expect((await writer.call('shelf_put', { item: 'feather' })).text).toBe(`The shelf now holds ${before + 1}.`);
    await writer.close();
  });

  test('tells faults in our words and bugs by reference only', async () => {
    const client = await connect(server.url, TOKENS.read, kind);
    expect(await client.call('shelf_fail', { how: 'fault' })).toMatchObject({
      isError: true,
      text: 'unavailable: The shelf is away. See shelf_list.',
    });
    const bug = await client.call('shelf_fail', { how: 'bug' });
    expect(bug.text).toMatch(/^internal: .* under [\da-f]{8}\.$/);
    expect(bug.text).not.toContain('secret detail');
    await client.close();
  });

  test('ends a call at its deadline and says that a write may have happened', async () => {
    const client = await connect(server.url, TOKENS.write, kind);
    expect((await client.call('shelf_late')).text).toMatch(/^timeout: shelf_late did not finish within 0.05 s\. .* may have happened/);
    await client.close();
  });

  test('passes cancelling on to the work', async () => {
    const client = await connect(server.url, TOKENS.read, kind);
    const before = goods.signals.length;
    const cancel = new AbortController();
    const call = client.call('shelf_wait', {}, { signal: cancel.signal });
    await expect.poll(() => goods.signals.length).toBe(before + 1);
    cancel.abort();
    await expect(call).rejects.toThrow();
    // Without a session the word to cancel comes with a request of its own, which knows of no other: only hanging up ends the work.
    if (LEGACY === 'stateless') await client.close();
    await expect.poll(() => goods.signals[before]?.aborted).toBe(true);
    await client.close();
  });

  test('serves resources, templates, completion and prompts', async () => {
    const { raw, close } = await connect(server.url, TOKENS.read, kind);
    expect((await raw.listResources()).resources[0]).toMatchObject({ uri: 'shelf://whole' });
    expect((await raw.listResourceTemplates()).resourceTemplates).toMatchObject([{ uriTemplate: 'shelf://items/{+name}' }]);
    expect((await raw.readResource({ uri: 'shelf://items/gamma%2Fdelta' })).contents).toMatchObject([{ text: 'item gamma/delta' }]);
    await expect(raw.readResource({ uri: 'shelf://items/nothing' })).rejects.toThrow(/not_found: No such item/);
    await expect(raw.readResource({ uri: 'other://x' })).rejects.toThrow();
    const ref = { type: 'ref/resource' as const, uri: 'shelf://items/{+name}' };
    expect((await raw.complete({ ref, argument: { name: 'name', value: 'al' } })).completion.values).toEqual(['alpha']);
    expect((await raw.listPrompts()).prompts).toMatchObject([{ name: 'about_item', arguments: [{ name: 'item', required: true }] }]);
    const prompt = await raw.getPrompt({ name: 'about_item', arguments: { item: 'alpha' } });
    expect(prompt.messages[0]?.content).toMatchObject({ type: 'text', text: expect.stringContaining('Explain alpha') });
    await expect(raw.getPrompt({ name: 'about_item', arguments: {} })).rejects.toThrow(/needs `item`/);
    await close();
  });

  test('puts pictures and links beside the text', async () => {
    const client = await connect(server.url, TOKENS.read, kind);
    const { content } = await client.call('shelf_picture');
    expect(content.map((block) => block.type)).toEqual(['text', 'image', 'resource_link']);
    await client.close();
  });

  test('keeps a slow call alive with progress that grows', async () => {
    const client = await connect(server.url, TOKENS.read, kind);
    const seen: number[] = [];
    const slow = shelf();
    const other = await start(fixtureServer, slow, { env: { LEGACY } });
    const waiting = await connect(other.url, TOKENS.read, kind);
    const call = waiting.call('shelf_wait', {}, { onprogress: ({ progress }) => void seen.push(progress) });
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBeGreaterThan(0);
    slow.letGo();
    expect((await call).text).toBe('Done waiting.');
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await waiting.close();
    await other.close();
    await client.close();
  });
});
