import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineTool } from '../../mcp/tool.ts';
import { type ToolFile, toolBreaches } from './tool-rules.ts';

function tool(name: string, more: { description?: string; input?: z.ZodObject } = {}): unknown {
  return defineTool({
    name,
    title: 'Planted',
    description: more.description ?? 'Says hello.',
    safety: 'read',
    input: more.input ?? z.strictObject({ who: z.string().optional() }),
    output: z.object({}),
    handler: async () => ({}),
    render: () => '',
  });
}

const file = (path: string, ...tools: unknown[]): ToolFile => ({
  path,
  exports: Object.fromEntries(tools.map((one, at) => [`t${at}`, one])),
  tested: true,
});

test('a good tool, and a family named for one of its tools, pass', () => {
  expect(
    toolBreaches([
      file('servers/a/tools/docs-read.ts', tool('docs_read')),
      file('servers/a/tools/dns-on.ts', tool('dns_on'), tool('dns_off')),
    ]),
  ).toEqual([]);
});

test('a tool without a test is named', () => {
  expect(toolBreaches([{ ...file('servers/a/tools/docs-read.ts', tool('docs_read')), tested: false }])).toEqual([
    'servers/a/tools/docs-read.ts: no test stands beside it',
  ]);
});

test('the same name on two servers is named', () => {
  const twice = [file('servers/a/tools/docs-read.ts', tool('docs_read')), file('servers/b/tools/docs-read.ts', tool('docs_read'))];
  expect(toolBreaches(twice)).toEqual(['servers/b/tools/docs-read.ts: tool docs_read: the name is taken by servers/a/tools/docs-read.ts']);
});

test.each([
  ['wrong file name', tool('docs_find'), 'named for none'],
  ['no tool at all', { name: 'x' }, 'exports no tool'],
  ['long description', tool('docs_read', { description: 'x'.repeat(400) }), '400 characters'],
  ['loose input', tool('docs_read', { input: z.object({}) }), 'not strict at #'],
  [
    'loose inner object',
    tool('docs_read', { input: z.strictObject({ at: z.object({ a: z.string() }) }) }),
    'not strict at #/properties/at',
  ],
  ['long pattern', tool('docs_read', { input: z.strictObject({ at: z.email() }) }), 'long pattern'],
])('%s is refused', (_, planted, named) => {
  expect(toolBreaches([file('servers/a/tools/docs-read.ts', planted)])).toEqual([expect.stringContaining(named)]);
});

test('a bad name and a union at the root are refused', () => {
  const union = tool('Docs.Read', {
    input: z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]) as unknown as z.ZodObject,
  });
  const found = toolBreaches([file('servers/a/tools/Docs.Read.ts', union)]).join('\n');
  expect(found).toContain('not lower snake');
  expect(found).toContain('no plain object');
});
