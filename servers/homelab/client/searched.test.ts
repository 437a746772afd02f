import { expect, test } from 'vitest';
import { labServer } from '../tests/lab-server.ts';
import { isSearched } from './searched.ts';

test.each([
  ['---\nsearch: false\n---\n# Samples', false],
  ['---\ntitle: x\nsearch:   false\nstatus: current\n---\n', false],
  ['---\nsearch: true\n---\n', true],
  ['# No front matter\nsearch: false\n', true],
  ['---\ntitle: x\n---\nsearch: false\n', true],
])('%j', (text, searched) => {
  expect(isSearched({ text })).toBe(searched);
});

test('such a page is not found, and is read by its name', async () => {
  const { call } = await labServer({
    'docs/samples.md': '---\nsearch: false\n---\n# Sourdough\n\nFeed the starter.\n',
    'docs/other.md': '# Other\n\nSomething else.\n',
  });
  expect((await call('docs_search', { query: 'sourdough starter' })).text).toContain('No document here answers that');
  expect((await call('docs_read', { ref: 'docs/samples.md' })).text).toContain('Feed the starter.');
});
