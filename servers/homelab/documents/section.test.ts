import { expect, test } from 'vitest';
import { findSection, sectionsOf, trailOf } from './section.ts';
import { yamlKeys } from './yaml-keys.ts';

const part = (anchor: string, title: string, trail: string[], startLine: number, endLine: number) => ({
  anchor,
  title,
  trail,
  startLine,
  endLine,
});

const PARTS = [
  part('', 'Immich', [], 1, 2),
  part('immich', 'Immich', [], 3, 4),
  part('backup', 'Backup', ['Immich'], 5, 8),
  part('restore', 'Restore', ['Immich', 'Backup'], 9, 60),
  part('restore', 'Restore', ['Immich', 'Backup'], 61, 90),
  part('update', 'Update', ['Immich'], 91, 95),
  part('backup-1', 'Backup', ['Immich'], 96, 99),
];

test('a section holds what is below it, and the parts it was cut into', () => {
  expect(sectionsOf(PARTS).map(({ anchor, from, to, depth }) => [anchor, from, to, depth])).toEqual([
    ['', 1, 2, 0],
    ['immich', 3, 99, 0],
    ['backup', 5, 90, 1],
    ['restore', 9, 90, 2],
    ['update', 91, 95, 1],
    ['backup-1', 96, 99, 1],
  ]);
});

test.for([
  ['backup-1', 'backup-1'],
  ['Backup', 'backup'],
  ['## Update', 'update'],
  ['Backup > Restore', undefined],
  ['Immich > Backup > Restore', 'restore'],
  ['resto', 'restore'],
  ['back', undefined],
  ['###', undefined],
] as const)('%j finds %j', ([wanted, anchor]) => expect(findSection(sectionsOf(PARTS), wanted)?.anchor).toBe(anchor));

test('a document whose title and first heading are the same says it once', () => {
  expect(trailOf({ title: 'Context', trail: ['Use Caddy', '0007 Use Caddy'] })).toBe('0007 Use Caddy > Context');
  expect(trailOf({ title: 'Restore', trail: ['Immich', 'Backup'] })).toBe('Immich > Backup > Restore');
});

test('YAML keys with their lines, in broken and templated files too', () => {
  const text =
    'name: x\n# note: no\nservices:\n  web:\n    image: a\n\n  "db":\n    {{ if .Values.x }}\n    image: b\n- list: no\nurl: http://x:1/\nbad\n';
  expect(yamlKeys(text).map(({ anchor, from, to }) => [anchor, from, to])).toEqual([
    ['name', 1, 2],
    ['services', 3, 9],
    ['services.web', 4, 5],
    ['services.db', 7, 9],
    ['url', 11, 11],
  ]);
});
