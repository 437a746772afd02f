import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { duration } from './quantity.ts';
import { table } from './table.ts';

const rows = [
  { name: 'pihole', port: 53, load: 0.123456, up: 1_051_200_000, blocking: true, tags: ['dns', 'core'], note: undefined },
  { name: 'im|mich\u001b[31m\nserver', port: 12_283, load: 12, up: 200_000, blocking: false, tags: [], note: null },
];

test('a heading and a line for each row', () => {
  expect(table(rows, ['name', 'port', 'load', { title: 'up', cell: (row) => duration(row.up) }, 'blocking', 'tags', 'note'])).toBe(
    'name|port|load|up|blocking|tags|note\npihole|53|0.123|12d 4h|yes|dns, core|\nim\\|mich ⏎ server|12283|12|3m 20s|no||',
  );
});

test('what is left out is told', () => {
  const many = Array.from({ length: 57 }, (_, id) => ({ id }));
  expect(table(many, ['id'], { max: 2, unit: 'containers', next: 'cursor=2' })).toBe('id\n0\n1\nshown 2 of 57 containers; next: cursor=2');
  expect(table(many.slice(0, 2), ['id'], { total: 9 })).toBe('id\n0\n1\nshown 2 of 9 rows');
  expect(table([], [], { unit: 'containers' })).toBe('no containers');
  expect(table([], ['name'], { unit: 'containers', total: 4 })).toBe('name\nshown 0 of 4 containers');
});

test('costs fewer tokens than the same rows aligned or as JSON', () => {
  const list = Array.from({ length: 50 }, (_, index) => ({
    host: ['rpi', 'nas', 'gaming-pc'][index % 3] as string,
    name: ['pihole', 'immich-machine-learning', 'caddy'][index % 3] as string,
    state: index % 5 ? 'running' : 'exited (137)',
    ports: index % 2 ? '8081>80' : '',
  }));
  const ours = encode(table(list, ['host', 'name', 'state', 'ports'])).length;
  const aligned = list
    .map((row) =>
      Object.values(row)
        .map((cell, index) => cell.padEnd([9, 23, 12, 7][index] as number))
        .join('  '),
    )
    .join('\n');
  expect(ours).toBeLessThan(encode(aligned).length);
  expect(ours).toBeLessThan(encode(JSON.stringify(list)).length / 1.6);
});
