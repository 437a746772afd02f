import { fileURLToPath } from 'node:url';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CLIENTS } from '../../shared/testing/connect.ts';
import { homelabServer } from './server.ts';
import { labFolder } from './tests/lab-folder.ts';
import { labServer } from './tests/lab-server.ts';
import { SMALL_LAB } from './tests/small-lab.ts';

const tokens = (text: string) => encode(text).length;

test('every client lists, searches, reads, completes and prompts, with the same text', async () => {
  const { connect } = await labServer({ ...SMALL_LAB });
  const seen = await Promise.all(
    CLIENTS.map(async (kind) => {
      const client = await connect(kind);
      const tools = (await client.raw.listTools()).tools.map(({ name }) => name);
      const search = (await client.call('docs_search', { query: 'restore photos' })).text;
      const read = (await client.call('docs_read', { ref: 'docs/services/immich.md#restore' })).text;
      const listed = (await client.raw.listResources()).resources.map(({ uri }) => uri);
      const templates = (await client.raw.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate);
      const resource = await client.raw.readResource({ uri: 'homelab://docs/runbooks/immich-oom.md' });
      const completion = await client.raw.complete({
        ref: { type: 'ref/resource', uri: 'homelab://docs/{+path}' },
        argument: { name: 'path', value: 'runbooks/' },
      });
      const prompt = await client.raw.getPrompt({ name: 'explain_topic', arguments: { topic: 'restore photos' } });
      const text = prompt.messages.map(({ content }) => (content.type === 'text' ? content.text : '')).join('\n');
      const body = resource.contents.map((content) => ('text' in content ? content.text : '')).join('\n');
      return { tools, search, read, listed, templates, body, values: completion.completion.values, text };
    }),
  );
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
  const [first] = seen;
  // A reading token is not shown what only changes something.
  const readable = homelabServer.tools.filter(({ safety }) => (typeof safety === 'string' ? safety : safety.least) === 'read');
  expect(first?.tools).toEqual(readable.map(({ name }) => name));
  expect(first?.tools?.at(-1)).toBe('homelab_actions');
  expect(first?.listed.slice(0, 2)).toEqual(['homelab://map', 'homelab://docs/README.md']);
  expect(first?.values).toEqual(['runbooks/immich-oom.md']);
  expect(first?.body).toContain('Exit code 137.');
  expect(first?.text).toContain('restore the dump');
});

test('the JSON endpoint gives the same typed output', async () => {
  const { call } = await labServer(SMALL_LAB, { format: 'json' });
  for (const [tool, args] of [
    ['docs_search', { query: 'restore' }],
    ['docs_search', { query: 'qqq zzz xxx' }],
    ['docs_read', { ref: 'ADR 7' }],
    ['docs_read', { ref: 'nothing like it' }],
    ['docs_outline', {}],
    ['repo_changes', {}],
    ['inventory_find', { query: 'immich' }],
    ['inventory_list', { kind: 'ports' }],
    ['host_get', { host: 'nas' }],
    ['service_get', { service: 'immich-server' }],
    ['service_graph', { name: 'nas' }],
    ['runbook_find', { alert: 'ImmichOom' }],
  ] as const) {
    const { structuredContent, isError } = await call(tool, args);
    expect([tool, isError]).toEqual([tool, false]);
    const output = homelabServer.tools.find(({ name }) => name === tool)?.output as z.ZodType;
    expect(output.safeParse(structuredContent).success).toBe(true);
  }
});

test('what a model reads of the tools is small', () => {
  const tools = homelabServer.tools.map(({ name, description, input }) => ({
    name,
    description,
    inputSchema: z.toJSONSchema(input, { io: 'input' }),
  }));
  expect(tokens(JSON.stringify(tools))).toBeLessThan(2800);
  expect(Buffer.byteLength(homelabServer.instructions)).toBeLessThan(2048);
});

test('typical replies over this project stay within budget', async () => {
  const { call } = await labServer({ ...labFolder(), root: fileURLToPath(new URL('../..', import.meta.url)) });
  const sizes: Record<string, number> = {};
  for (const [tool, args] of [
    ['docs_search', { query: 'why can the NAS not build images' }],
    ['docs_search', { query: 'node', mode: 'regex' }],
    ['docs_read', { ref: 'ADR 1' }],
    ['docs_outline', {}],
    ['docs_outline', { path: 'decisions' }],
    ['repo_changes', { since: '30d' }],
    ['repo_changes', { since: '30d', diff: true }],
  ] as const) {
    const { text, isError } = await call(tool, args);
    expect([tool, isError, text]).toEqual([tool, false, expect.stringMatching(/\nsrc: /)]);
    sizes[`${tool} ${JSON.stringify(args)}`] = tokens(text);
  }
  const most = (tool: string) => Math.max(...Object.entries(sizes).map(([name, size]) => (name.startsWith(tool) ? size : 0)));
  expect(most('docs_search')).toBeLessThan(1500);
  expect(most('')).toBeLessThan(6000);
});

test('where does Pi-hole run, what breaks if the NAS goes down, what to do when its disk fills: 700 tokens, each with its source', async () => {
  const { call } = await labServer({ ...labFolder(), root: fileURLToPath(new URL('../..', import.meta.url)) });
  const replies = [
    await call('inventory_find', { query: 'Pi-hole' }),
    await call('service_graph', { name: 'NAS' }),
    await call('runbook_find', { symptom: 'disk filling', host: 'NAS' }),
  ].map(({ text }) => text);
  const [where, breaks, todo] = replies;
  expect(where).toMatch(
    /^pihole-primary · service · on rpi \(192\.0\.2\.10\).*infrastructure\/services\/pihole-primary\.yaml:\d+\npihole-backup · service · on nas/,
  );
  expect(breaks).toContain('nas-smb -> immich-server, jellyfin on gaming-pc');
  expect(breaks).toContain('stays: dns 192.0.2.53 on rpi (pihole-primary)');
  expect(breaks).toMatch(/^nas · host · infrastructure\/hosts\.yaml:\d+\n/);
  expect(todo).toMatch(/^runbooks\/disk-filling\.md#act · A disk is filling or full/);
  expect(todo).toContain('1. Undo the change that began it.');
  for (const reply of replies) expect(reply).toMatch(/\nsrc: .+$/);
  expect(tokens(replies.join('\n'))).toBeLessThanOrEqual(700);
});

test('thousands of calls at once are answered or told, and the server stays up', async () => {
  const { call } = await labServer(SMALL_LAB);
  const replies = await Promise.all(Array.from({ length: 1000 }, (_, number) => call('docs_search', { query: `restore ${number % 7}` })));
  expect(replies.every(({ text }) => text.includes('src: '))).toBe(true);
  expect((await call('docs_outline')).text).toContain('README.md');
});
