import { expect, test } from 'vitest';
import { markdownChunks } from './markdown.ts';

const cut = (text: string) => markdownChunks(text, 'page.md').chunks;
const places = (text: string) => cut(text).map(({ anchor, trail, startLine, endLine }) => [anchor, trail.join(' > '), startLine, endLine]);

test('a chunk per heading, with the headings above and its lines', () => {
  expect(places('# Net\n\nAll.\n\n## VLANs\n\nTen.\n\n### IoT\n\nThirty.\n\n## Wifi\n\nTwo.\n')).toEqual([
    ['net', '', 1, 4],
    ['vlans', 'Net', 5, 8],
    ['iot', 'Net > VLANs', 9, 12],
    ['wifi', 'Net', 13, 16],
  ]);
});

test('repeated headings get -1, -2 and stay what they are when text changes', () => {
  const anchors = (text: string) => cut(text).map(({ anchor }) => anchor);
  expect(anchors('# A\n## Set up\na\n## Set up\nb\n## Set up\nc\n')).toEqual(['a', 'set-up', 'set-up-1', 'set-up-2']);
  expect(anchors('# A\nmore\n## Set up\nother\n## Set up\n\n\nb\n## Set up\n')).toEqual(['a', 'set-up', 'set-up-1', 'set-up-2']);
});

test('a # inside a fence is no heading, whatever closes it', () => {
  expect(places('# A\n```sh\n# not me\n~~~\n## nor me\n```\n## B\nend')).toEqual([
    ['a', '', 1, 6],
    ['b', 'A', 7, 8],
  ]);
  expect(places('# A\n````md\n```\n# not me\n```\n````\n')).toHaveLength(1);
});

test('setext, HTML and closed ATX headings, own anchors, links and code in headings', () => {
  const chunks = cut(
    'Title\n=====\n\nText\n\nPart\n----\n\n<h2 align="center">Logo <b>x</b></h2>\n\n## Closed ##\n\n## Own {#mine}\n\n## [Link](http://x) `code`\n',
  );
  expect(chunks.map(({ title, anchor }) => [title, anchor])).toEqual([
    ['Title', 'title'],
    ['Part', 'part'],
    ['Logo x', 'logo-x'],
    ['Closed', 'closed'],
    ['Own', 'mine'],
    ['Link code', 'link-code'],
  ]);
});

test('a table rule, a list and a thematic break make no heading', () => {
  expect(cut('# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- item\n---\n\ntext\n\n---\n')).toHaveLength(1);
});

test('front matter gives title, status and tags, and is no text', () => {
  const { title, status, tags, chunks } = markdownChunks(
    '---\ntitle: Full disk\nstatus: superseded\nalerts: [DiskFull]\naliases:\n  - no space\n---\nBody\n',
    'x.md',
  );
  expect({ title, status, tags }).toEqual({ title: 'Full disk', status: 'superseded', tags: 'DiskFull no space' });
  expect(chunks).toMatchObject([{ startLine: 8, text: expect.not.stringContaining('title:') }]);
});

test('a successor in the front matter is part of the status', () => {
  expect(markdownChunks('---\nstatus: superseded\nsuperseded_by: docs/new.md\n---\nBody\n', 'x.md').status).toBe(
    'superseded by docs/new.md',
  );
});

test('broken or hostile front matter counts as text', () => {
  expect(cut('---\n: [\n---\nBody\n')[0]?.text).toContain('Body');
  expect(
    cut(`---\na: &a [1]\nb: [${'*a,'.repeat(50)}]\n---\nBody\n`)
      .map(({ text }) => text)
      .join('\n'),
  ).toContain('Body');
  expect(cut('---\nnever closed\n')[0]?.startLine).toBe(1);
});

test('a long section is cut at blank lines, keeps its trail and anchor, and leaves no line out', () => {
  const chunks = cut(
    `# Long\n\n${Array.from({ length: 300 }, (_, at) => (at % 3 === 2 ? '' : `line ${at} of a long section`)).join('\n')}\n`,
  );
  expect(chunks.length).toBeGreaterThan(3);
  expect(new Set(chunks.map(({ anchor }) => anchor))).toEqual(new Set(['long']));
  chunks.slice(1).forEach(({ startLine }, at) => {
    expect(startLine).toBe((chunks[at]?.endLine ?? 0) + 1);
  });
});

test('a long fence stays whole up to its bound', () => {
  const chunks = cut(`# A\n\n\`\`\`sh\n${'echo one two three\n\n'.repeat(70)}\`\`\`\n`);
  expect(chunks).toHaveLength(1);
});

test('empty text and text without headings', () => {
  expect(cut('')).toMatchObject([{ anchor: '', title: 'page.md' }]);
  expect(cut('just a line')).toMatchObject([{ anchor: '', startLine: 1, endLine: 1 }]);
});

test('headings in other scripts have anchors', () => {
  expect(cut('# Übersicht der Geräte\n## 網路\n').map(({ anchor }) => anchor)).toEqual(['übersicht-der-geräte', '網路']);
});
