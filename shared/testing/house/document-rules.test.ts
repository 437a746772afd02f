import { expect, test } from 'vitest';
import { documentBreaches } from './document-rules.ts';

const HOUSE = [
  { path: 'package.json', text: '{"scripts":{"check":"x"}}' },
  { path: 'shared/mcp/tool.ts', text: '' },
  { path: 'docs/replies.md', text: '' },
];

const check = (text: string, path = 'README.md'): string[] => documentBreaches([...HOUSE, { path, text }]);

test('links, paths and scripts that are there pass, and so do patterns and links elsewhere', () => {
  const text =
    '[a](docs/replies.md#x) [b](docs/) [c](#here) [d](https://example.org/x) `shared/mcp/tool.ts` `shared/mcp/`\n`npm run check` `servers/<name>/x.ts` `shared/mcp/{tool,x}.ts`';
  expect(check(text)).toEqual([]);
  expect(check('[up](../shared/mcp/tool.ts)', 'docs/page.md')).toEqual([]);
});

test.each([
  ['[a](docs/gone.md)', 'links to docs/gone.md'],
  ['see `shared/gone.ts`', 'names shared/gone.ts'],
  ['`npm run gone -- x`', 'names npm run gone'],
])('%s is refused', (text, named) => {
  expect(check(`one\n${text}`)).toEqual([`README.md:2: ${named}, which does not exist`]);
});

test('a decision tells what was', () => {
  expect(check('see `shared/gone.ts`', 'decisions/0001-x.md')).toEqual([]);
});
