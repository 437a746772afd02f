import { expect, test } from 'vitest';
import { yamlChunks } from './yaml-chunks.ts';

const COMPOSE = `# Photos of the family
x-common: &common
  restart: unless-stopped

services:
  # the app
  immich-server:
    <<: *common
    image: ghcr.io/immich-app/immich-server:v2.1.0@sha256:abc
    labels:
      - traefik.http.routers.photos.rule=Host(\`photos.example.net\`)
  database:
    image: postgres:16

volumes:
  pg: {}
`;

test('one chunk per compose service, its comment with it, and the rest beside', () => {
  const { chunks } = yamlChunks(COMPOSE, 'compose.yaml', true);
  expect(chunks.map(({ title, startLine, endLine }) => [title, startLine, endLine])).toEqual([
    ['immich-server', 5, 11],
    ['database', 12, 14],
    ['x-common', 1, 4],
    ['volumes', 15, 17],
  ]);
});

test('image, container name and domains are tags, without registry and version', () => {
  const tags = yamlChunks(COMPOSE, 'compose.yaml', true).chunks[0]?.tags ?? '';
  expect(tags).toContain('immich-app/immich-server');
  expect(tags).toContain('photos.example.net');
  expect(tags).not.toMatch(/ghcr|v2\.1\.0|sha256/);
});

test('documents are cut apart and named by kind and name', () => {
  const { chunks } = yamlChunks(
    '---\nkind: Deployment\nmetadata:\n  name: miniflux\n---\nkind: Service\nmetadata:\n  labels: {a: b}\n  name: miniflux-web\n',
    'all.yaml',
    false,
  );
  expect(chunks.map(({ title, startLine }) => [title, startLine])).toEqual([
    ['Deployment miniflux', 1],
    ['Service miniflux-web', 5],
  ]);
});

test('a long file is cut at its keys and list items, and no line is lost', () => {
  const text = `groups:\n${Array.from({ length: 12 }, (_, at) => `  - name: group${at}\n    rules:\n${'      - expr: up == 0\n'.repeat(30)}`).join('')}`;
  const { chunks } = yamlChunks(text, 'rules.yml', false);
  expect(chunks.map(({ title }) => title)).toContain('group7');
  const covered = new Set(
    chunks.flatMap(({ startLine, endLine }) => Array.from({ length: endLine - startLine + 1 }, (_, at) => startLine + at)),
  );
  text.split('\n').forEach((line, at) => {
    if (line !== '') expect(covered.has(at + 1), `line ${at + 1}`).toBe(true);
  });
});

test('templates and broken YAML are cut all the same', () => {
  const { chunks } = yamlChunks('services:\n  app:\n    image: {{ image }}\n   bad: [\n  web:\n    ports: ["80:80"\n', 'compose.yml', true);
  expect(chunks.map(({ title }) => title)).toEqual(['app', 'web']);
});

test('empty files', () => {
  expect(yamlChunks('', 'a.yaml', false).chunks).toEqual([]);
  expect(yamlChunks('services:\n', 'compose.yaml', true).chunks.length).toBeLessThan(2);
});
