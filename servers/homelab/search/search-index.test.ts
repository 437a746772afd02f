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
