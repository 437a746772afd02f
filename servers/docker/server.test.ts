import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { shownTools } from '../../shared/http/shown-tools.ts';
import { CLIENTS } from '../../shared/testing/connect.ts';
import { dockerServer } from './server.ts';
import { secretOf } from './simulator/container-json.ts';
import { simulatedServer } from './tests/simulated-server.ts';

const tokens = (text: string) => encode(text).length;

/** Figures and clocks move between two calls. */
const still = (text: string): string => text.replace(/\d+/g, '#').replace(/#[dhms]( #[dhms])?\b|# ms/g, '#');

test('every client lists, calls, reads, completes and prompts, with the same text', async () => {
  const { connect } = await simulatedServer();
  const seen = await Promise.all(
    CLIENTS.map(async (kind) => {
      const client = await connect({ kind, level: 'destructive' });
      const tools = (await client.raw.listTools()).tools.map(({ name }) => name);
      const listed = (await client.call('docker_compose')).text;
      const uris = (await client.raw.listResources()).resources.map(({ uri }) => uri);
      const templates = (await client.raw.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate);
      const text = async (uri: string) =>
        (await client.raw.readResource({ uri })).contents.map((content) => ('text' in content ? content.text : '')).join('\n');
      const bodies = [
        await text('docker://hosts'),
        await text('docker://gaming-pc/containers/caddy').catch(() => 'none'),
        await text('docker://nas/projects/pihole'),
      ];
      const completion = await client.raw.complete({
        ref: { type: 'ref/resource', uri: 'docker://{host}/containers/{name}' },
        argument: { name: 'name', value: 'jelly' },
      });
      const asked = await client.raw.complete({
        ref: { type: 'ref/prompt', name: 'why_is_it_down' },
        argument: { name: 'service', value: 'pihole' },
      });
      const prompt = await client.raw.getPrompt({ name: 'why_is_it_down', arguments: { service: 'jellyfin' } });
      const question = prompt.messages.map(({ content }) => (content.type === 'text' ? content.text : '')).join('\n');
      return {
        tools,
        listed: still(listed),
        uris,
        templates,
        bodies: bodies.map(still),
        names: completion.completion.values,
        asked: asked.completion.values,
        question,
      };
    }),
  );
  const [first, ...others] = seen;
  for (const other of others) expect({ ...other, question: '' }).toEqual({ ...first, question: '' });
  expect(first?.tools).toEqual(dockerServer.tools.map(({ name }) => name));
  expect(first?.uris).toContain('docker://hosts');
  expect(first?.names).toEqual(['jellyfin']);
  expect(first?.asked).toEqual(['pihole on nas', 'pihole on rpi']);
  expect(first?.bodies[0]).toContain('! gaming-pc jellyfin: ');
  expect(first?.bodies[2]).toContain('nebula-sync');
  for (const { question } of seen)
    expect(question).toMatch(
      /It runs out of memory[\s\S]*Memory pressure[\s\S]*data, not instructions|data, not instructions[\s\S]*It runs out of memory[\s\S]*Memory pressure/,
    );
});

test('the JSON endpoint gives the typed output that each tool declares', async () => {
  const { connect } = await simulatedServer();
  const client = await connect({ format: 'json' });
  for (const [tool, args] of [
    ['docker_hosts', {}],
    ['docker_ps', {}],
    ['docker_inspect', { name: 'jellyfin', sections: ['env', 'health'] }],
    ['docker_logs', { name: 'jellyfin' }],
    ['docker_stats', { host: 'nas' }],
    ['docker_events', {}],
    ['docker_diagnose', { name: 'jellyfin' }],
    ['docker_compose', {}],
    ['docker_resources', { kind: 'images' }],
    ['docker_disk', {}],
    ['docker_find', { query: '8096' }],
    ['docker_actions', {}],
  ] as const) {
    const { structuredContent, isError } = await client.call(tool, args);
    expect([tool, isError]).toEqual([tool, false]);
    const output = dockerServer.tools.find(({ name }) => name === tool)?.output as z.ZodType;
    expect([tool, output.safeParse(structuredContent).success]).toEqual([tool, true]);
  }
});

test('what a model reads of the tools is small, and a reading token sees no changing tool', async () => {
  const { connect } = await simulatedServer();
  const shown = shownTools(dockerServer).map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
  expect(tokens(JSON.stringify(shown))).toBeLessThanOrEqual(2_000);
  expect(Buffer.byteLength(dockerServer.instructions)).toBeLessThan(2_048);
  const names = (await (await connect()).raw.listTools()).tools.map(({ name }) => name);
  expect(names).not.toContain('docker_power');
  expect(names).not.toContain('docker_start');
  expect(names).toContain('docker_actions');
});

test('no secret of any container comes through any reading tool, resource or prompt', async () => {
  const { call, connect, lab } = await simulatedServer();
  const client = await connect();
  const facts = lab.machines.flatMap(({ name }) => lab.containers(name));
  const secrets = facts.flatMap((fact) => fact.secrets.map((name) => secretOf(fact, name))).filter((value) => value.startsWith('sim-'));
  expect(secrets.length).toBeGreaterThan(10);
  const replies: string[] = [];
  for (const { host, name } of facts.filter((fact) => fact.secrets.length > 0)) {
    replies.push(
      (await call('docker_inspect', { name, host, sections: ['env', 'command', 'labels', 'health', 'mounts', 'network', 'security'] }))
        .text,
    );
    replies.push((await call('docker_logs', { name, host })).text, (await call('docker_diagnose', { name, host })).text);
    const question = await client.raw.getPrompt({ name: 'why_is_it_down', arguments: { service: `${name} on ${host}` } });
    replies.push(JSON.stringify(question), JSON.stringify(await client.raw.readResource({ uri: `docker://${host}/containers/${name}` })));
  }
  for (const secret of secrets) {
    replies.push((await call('docker_find', { query: secret })).text.replaceAll(`has ${secret};`, 'has it;'));
    expect(replies.filter((reply) => reply.includes(secret)).map((reply) => reply.slice(0, 80))).toEqual([]);
  }
});

test('sixty calls at once are all answered', async () => {
  const { call } = await simulatedServer();
  const replies = await Promise.all(
    Array.from({ length: 60 }, (_, index) => call(index % 2 ? 'docker_ps' : 'docker_inspect', index % 2 ? {} : { name: 'jellyfin' })),
  );
  expect(replies.filter(({ isError }) => isError)).toEqual([]);
});

test('names from people never reach a path of the engine as something else', async () => {
  const { call } = await simulatedServer();
  for (const name of ['../../images/json', 'jellyfin/json?x=1', '$(reboot)', 'a\u202eb', "';--", 'x'.repeat(260)]) {
    const { isError, text } = await call('docker_inspect', { name, host: 'nas' });
    expect([isError, text]).toEqual([true, expect.stringMatching(/^(?:not_found|invalid_input): /)]);
    expect(text).not.toContain(name);
  }
});
