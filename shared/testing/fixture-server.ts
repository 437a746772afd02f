import { z } from 'zod';
import { Fault } from '../faults.ts';
import { actionsTool } from '../mcp/actions-tool.ts';
import { definePrompt } from '../mcp/prompt.ts';
import { defineResource } from '../mcp/resource.ts';
import type { ServerDefinition } from '../mcp/server-definition.ts';
import { defineTool } from '../mcp/tool.ts';

/** The upstream of the fixture server: remembers what was done to it. */
export interface Shelf {
  items: string[];
  /** Resolved by a test to let `shelf_wait` end. */
  release: Promise<void>;
  /** Signals of the calls that are or were waiting. */
  signals: AbortSignal[];
}

const tools = [
  defineTool({
    name: 'shelf_list',
    title: 'List the shelf',
    description: 'Lists what stands on the shelf. Start here.',
    safety: 'read',
    input: z.strictObject({ limit: z.int().min(1).max(10_000).default(20).describe('Rows at most') }),
    output: z.object({ items: z.array(z.string()), total: z.int() }),
    async handler({ limit }, shelf: Shelf) {
      return { items: shelf.items.slice(0, limit), total: shelf.items.length };
    },
    render: ({ items, total }) => [`${items.length} of ${total} items`, ...items].join('\n'),
  }),
  defineTool({
    name: 'shelf_put',
    title: 'Put something on the shelf',
    description: 'Adds one item. Undo with shelf_clear.',
    safety: { least: 'write', most: 'disruptive', of: ({ item }) => (item.startsWith('heavy') ? 'disruptive' : 'write') },
    input: z.strictObject({ item: z.string().min(1).max(100) }),
    output: z.object({ count: z.int() }),
    async handler({ item }, shelf: Shelf) {
      shelf.items.push(item);
      return { count: shelf.items.length };
    },
    render: ({ count }) => `The shelf now holds ${count}.`,
  }),
  defineTool({
    name: 'shelf_clear',
    title: 'Clear the shelf',
    description: 'Throws everything away. For good.',
    safety: 'destructive',
    input: z.strictObject({}),
    output: z.object({}),
    async handler(_input, shelf: Shelf) {
      shelf.items.length = 0;
      return {};
    },
    render: () => 'Empty.',
  }),
  defineTool({
    name: 'shelf_fail',
    title: 'Fail in one of the ways there are',
    description: 'Throws a Fault, or breaks as a bug would. For tests.',
    safety: 'read',
    input: z.strictObject({ how: z.enum(['fault', 'bug']) }),
    output: z.object({}),
    async handler({ how }) {
      if (how === 'fault') throw new Fault('unavailable', 'The shelf is away.', { hint: 'See shelf_list.' });
      throw new TypeError('secret detail of a bug');
    },
    render: () => '',
  }),
  defineTool({
    name: 'shelf_wait',
    title: 'Wait',
    description: 'Waits until the test lets it go. For tests.',
    safety: 'read',
    deadline: 60_000,
    input: z.strictObject({ deaf: z.boolean().default(false) }),
    output: z.object({ waited: z.boolean() }),
    async handler(_input, shelf: Shelf, { signal, progress }) {
      shelf.signals.push(signal);
      progress(1, 10, 'waiting');
      await shelf.release;
      return { waited: true };
    },
    render: () => 'Done waiting.',
  }),
  defineTool({
    name: 'shelf_late',
    title: 'Miss the deadline',
    description: 'Never answers and ignores its signal. For tests.',
    safety: 'write',
    deadline: 50,
    input: z.strictObject({}),
    output: z.object({}),
    handler: () => new Promise<never>(() => {}),
    render: () => '',
  }),
  defineTool({
    name: 'shelf_take',
    title: 'Take something off the shelf',
    description: 'Takes one item. Undo with shelf_put.',
    safety: 'write',
    askedByClient: true,
    look: 'shelf_list',
    input: z.strictObject({ item: z.string(), reason: z.string().optional() }),
    output: z.object({ item: z.string() }),
    effect: async ({ item }, shelf: Shelf) => ({ targets: [item], preview: `take ${item}`, guarded: shelf.items }),
    async handler({ item }, shelf: Shelf) {
      shelf.items.splice(shelf.items.indexOf(item), 1);
      return { item };
    },
    render: ({ item }) => `took ${item}`,
  }),
  defineTool({
    name: 'shelf_slow',
    title: 'Put something on the shelf, slowly',
    description: 'Waits until the test lets it go, then adds the item. For tests.',
    safety: 'write',
    deadline: 60_000,
    input: z.strictObject({ item: z.string() }),
    output: z.object({ item: z.string() }),
    async handler({ item }, shelf: Shelf, { signal, progress }) {
      progress(1, 2, 'waiting');
      await shelf.release;
      signal.throwIfAborted();
      shelf.items.push(item);
      return { item };
    },
    render: ({ item }) => `Put ${item} at last.`,
  }),
  actionsTool('fixture'),
  defineTool({
    name: 'shelf_picture',
    title: 'Show the shelf',
    description: 'A picture and a link beside the text. For tests.',
    safety: 'read',
    input: z.strictObject({}),
    output: z.object({}),
    handler: async () => ({}),
    render: () => ({
      text: 'The shelf, seen from the front.',
      images: [{ data: 'iVBORw0KGgo=', mimeType: 'image/png' }],
      links: [{ uri: 'shelf://items/first', name: 'first item' }],
    }),
  }),
];

/** A small server with one tool of every kind, for tests of the factory. */
export const fixtureServer: ServerDefinition<Shelf> = {
  name: 'mcp-fixture',
  title: 'Fixture',
  version: '0.0.1',
  instructions: 'A shelf with items, for tests.',
  tools,
  resources: [
    defineResource<Shelf>({
      name: 'whole',
      title: 'The whole shelf',
      description: 'All items',
      mimeType: 'text/plain',
      uri: 'shelf://whole',
      read: async (_uri, _variables, shelf) => shelf.items.join('\n'),
    }),
    defineResource<Shelf>({
      name: 'item',
      title: 'One item',
      description: 'An item by its name',
      mimeType: 'text/plain',
      template: 'shelf://items/{+name}',
      list: async (shelf) => shelf.items.map((item) => ({ uri: `shelf://items/${encodeURIComponent(item)}`, name: item })),
      complete: { name: async (value, shelf) => shelf.items.filter((item) => item.startsWith(value)) },
      async read(_uri, { name = '' }, shelf) {
        if (!shelf.items.includes(name)) throw new Fault('not_found', 'No such item stands here.');
        return `item ${name}`;
      },
    }),
  ],
  prompts: [
    definePrompt<Shelf>({
      name: 'about_item',
      title: 'About an item',
      description: 'Explains an item',
      arguments: {
        item: {
          description: 'Its name',
          required: true,
          complete: async (value, shelf) => shelf.items.filter((item) => item.includes(value)),
        },
      },
      build: async ({ item }, shelf) => `Explain ${item}; the shelf holds ${shelf.items.length}.`,
    }),
  ],
};

/** A shelf with `items`, and the function that lets waiting calls end. */
export function shelf(items: string[] = ['alpha', 'beta', 'gamma/delta']): Shelf & { letGo: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { items: [...items], release: promise, signals: [], letGo: resolve };
}
