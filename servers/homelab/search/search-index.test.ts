import { expect, test } from 'vitest';
import type { Kind, SourceFile } from '../client/document.ts';
import { searchIndex } from './search-index.ts';

const file = (path: string, text: string, kind: Kind = 'doc'): SourceFile => ({ path, kind, text, bytes: text.length, mtimeMs: 0 });

const LAB = [
  file(
    'stacks/immich/compose.yaml',
    'services:\n  immich-server:\n    image: ghcr.io/immich-app/immich-server:v2\n    ports:\n      - 2283:2283\n  database:\n    image: postgres:16\n',
    'compose',
  ),
  file('stacks/edge/compose.yaml', 'services:\n  caddy:\n    image: caddy:2\n    ports:\n      - 443:443\n', 'compose'),
  file('stacks/tv/compose.yaml', 'services:\n  jellyfin:\n    image: jellyfin/jellyfin\n', 'compose'),
  file('docs/network.md', '# Network\n\nVLAN 20 is for cameras.\n\n## Guest wireless\n\nThe guest SSID is isolated.\n'),
  file('docs/backup.md', '# Restic\n\nNightly to the NAS.\n\n## Restore a path\n\nRun `restic restore latest --target /restored/out`.\n'),
  file(
    'docs/backup-old.md',
    '# Restic\n\nStatus: Superseded by docs/backup.md\n\n## Restore a path\n\nRun `restic restore latest --target /restored/out`.\n',
  ),
  file(
    'decisions/0003-caddy.md',
    '# Caddy instead of Traefik\n\n## Status\n\nAccepted\n\n## Context\n\nLabels were hard to read.\n',
    'decision',
  ),
];

function lab(files = LAB) {
  const index = searchIndex();
  index.update(files, []);
  return (query: string, more: object = {}) => index.search(query, { limit: 5, ...more });
}

test('finds a service by what it is for', () => {
  const search = lab();
  expect(search('where are the family pictures kept').hits[0]?.path).toBe('stacks/immich/compose.yaml');
  expect(search('the thing we watch films on').hits[0]?.path).toBe('stacks/tv/compose.yaml');
  expect(search('which reverse proxy').hits.map(({ path }) => path)).toContain('stacks/edge/compose.yaml');
});

test('forgives typos and separators', () => {
  const search = lab();
  expect(search('jelyfin').hits[0]?.path).toBe('stacks/tv/compose.yaml');
  expect(search('immich server').hits[0]?.anchor).toBe('immich-server');
});

test('puts the current document before the superseded one and labels that', () => {
  const hits = lab()('restore a path').hits;
  expect(hits.map(({ path }) => path).slice(0, 2)).toEqual(['docs/backup.md', 'docs/backup-old.md']);
  expect(hits[0]?.status).toBeUndefined();
  expect(hits[1]?.status).toMatch(/^Superseded/);
});

test('says that nothing answers, with what is nearest', () => {
  const { confident, nothing } = lab()('how do I bake sourdough bread');
  expect(confident).toBe(false);
  expect(nothing?.unmatched).toContain('sourdough');
});

test('a service of which nothing is known is told by its missing name', () => {
  const { confident, nothing } = lab()('where does Plex keep its files');
  expect(confident).toBe(false);
  expect(nothing?.unmatched).toContain('Plex');
  expect(nothing?.nearestHeadings).toContain('jellyfin');
});

test('the nearest words are words of the repository as they are written', () => {
  const { nothing } = lab()('isolatr vmware certs');
  for (const word of nothing?.nearestWords ?? [])
    expect(LAB.some(({ path, text }) => `${path} ${text}`.toLowerCase().includes(word))).toBe(true);
});

test('an index kept up to date answers as one made anew', () => {
  const questions = [
    'restore a path',
    'guest wireless',
    'caddy',
    'family pictures',
    'postgres',
    'where do we watch films',
    'nothing of the kind',
  ];
  const kept = searchIndex();
  kept.update(LAB.slice(0, 4), []);
  kept.update([file('docs/network.md', '# Other\n\nrestore films caddy postgres\n'), file('gone.md', '# Caddy restore films\n')], []);
  kept.update(LAB.slice(2), ['gone.md']);
  kept.update([], ['never-there.md']);
  const fresh = lab();
  for (const question of questions) expect(kept.search(question, { limit: 20 }), question).toEqual(fresh(question, { limit: 20 }));
});

test('a removed file is not found and leaves no words', () => {
  const index = searchIndex();
  index.update([file('a.md', '# Zanzibar\n\nxylophone\n'), file('b.md', '# Other\n\ntext\n')], []);
  index.update([], ['a.md']);
  expect(index.search('zanzibar xylophone', { limit: 5 })).toMatchObject({
    total: 0,
    hits: [],
    nothing: { unmatched: ['zanzibar', 'xylophone'] },
  });
});

test('kinds and folders narrow the search, and pages follow one another', () => {
  const search = lab();
  expect(new Set(search('caddy', { kinds: ['decision'] }).hits.map(({ path }) => path))).toEqual(new Set(['decisions/0003-caddy.md']));
  expect(search('caddy', { under: './stacks/' }).hits.map(({ path }) => path)).toEqual(['stacks/edge/compose.yaml']);
  expect(search('caddy', { under: 'stack' }).total).toBe(0);
  const all = search('restore restic nas', { limit: 20 });
  const pages = [0, 1, 2].flatMap((offset) => search('restore restic nas', { limit: 1, offset }).hits);
  expect(pages).toEqual(all.hits.slice(0, 3));
  expect(all.total).toBe(all.hits.length);
});

test('one long file does not take all places', () => {
  const long = file('long.md', Array.from({ length: 40 }, (_, at) => `# Gateway ${at}\n\ngateway of the network\n`).join('\n'));
  const others = Array.from({ length: 4 }, (_, at) => file(`other${at}.md`, `# Notes ${at}\n\nThe gateway here.\n`));
  const paths = lab([long, ...others])('gateway').hits.map(({ path }) => path);
  expect(new Set(paths).size).toBeGreaterThanOrEqual(3);
});

test('places are read back from their lines and snippets are short', () => {
  const text = `# Long\n\n${'filler words without end '.repeat(40)}the flux capacitor hums ${'and more of the same '.repeat(40)}\n`;
  const [hit] = lab([file('long.md', text)])('flux capacitor').hits;
  expect(hit?.snippet).toContain('flux capacitor');
  expect(hit?.snippet.length).toBeLessThanOrEqual(160);
  expect(
    text
      .split('\n')
      .slice((hit?.startLine ?? 0) - 1, hit?.endLine)
      .join('\n'),
  ).toContain('flux capacitor');
});

test('empty, wordless, huge and foreign questions are answered', () => {
  const search = lab();
  for (const query of [
    '',
    '   ',
    '?!',
    '🙂',
    '網路',
    `${'restore caddy '.repeat(500)}`,
    'x'.repeat(100_000),
    '__proto__ constructor toString',
  ]) {
    expect(search(query).total, query.slice(0, 20)).toBeGreaterThanOrEqual(0);
  }
  expect(search('').confident).toBe(false);
  expect(searchIndex().search('anything', { limit: 5 })).toMatchObject({ hits: [], total: 0, confident: false });
});

test('files of a megabyte, of one line and of other scripts are found', () => {
  const search = lab([
    file('big.md', `# Big\n\n${'lorem ipsum dolor\n'.repeat(58_000)}\nquicksilver\n`),
    file('line.json', `{"a":"${'b '.repeat(400_000)}wolfram"}`, 'config'),
    file('netz.md', '# Übersicht der Geräte\n\nDer Drucker steht im Flur. 網路設定\n'),
  ]);
  expect(search('quicksilver').hits[0]?.path).toBe('big.md');
  expect(search('wolfram').hits[0]?.path).toBe('line.json');
  expect(search('ubersicht gerate').hits[0]?.path).toBe('netz.md');
  expect(search('網路設定').hits[0]?.path).toBe('netz.md');
});

test('preferred files count more, and only where they answer', () => {
  const search = lab([
    file('a.md', '# Stick\n\nThe stick moved.\n'),
    file('b.md', '# Stick\n\nThe stick moved.\n'),
    file('c.md', '# Else\n'),
  ]);
  const paths = (prefer?: ReadonlyMap<string, number>) => search('stick moved', { ...(prefer && { prefer }) }).hits.map(({ path }) => path);
  expect(paths()).toEqual(['a.md', 'b.md']);
  expect(
    paths(
      new Map([
        ['b.md', 1.1],
        ['c.md', 9],
      ]),
    ),
  ).toEqual(['b.md', 'a.md']);
});
