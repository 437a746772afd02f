import { expect, onTestFinished, test } from 'vitest';
import { contractPath, contractText, hostsText, inventoryFolder } from '../testing/inventory-folder.ts';
import { hostNode, ServiceGraph } from './graph.ts';
import { emptyInventory, type Inventory } from './inventory.ts';
import { loadInventory } from './load.ts';
import type { Service } from './service.ts';

type Edges = Record<string, string[]>;

/** `{ a: ['b', '~c'] }`: a needs b hard and c soft. */
function inventoryOf(edges: Edges): Inventory {
  const services = Object.entries(edges).map(([name, needs]) => {
    const depends_on = needs.map((need) =>
      need.startsWith('~') ? { service: need.slice(1), kind: 'soft' } : { service: need, kind: 'hard' },
    );
    const place = { file: contractPath(name), line: 1, column: 1 };
    return { value: { name, owner_node: 'nas', depends_on } as unknown as Service, place, at: () => place };
  });
  return { ...emptyInventory, services };
}

const graph = (edges: Edges) => new ServiceGraph(inventoryOf(edges));
const told = (list: readonly { name: string; depth: number; kind: string }[]) =>
  list.map(({ name, depth, kind }) => `${name} ${depth} ${kind}`);

test('what a service needs and what breaks without it, nearest first, hard only when every step is', () => {
  const lab = graph({ web: ['app'], app: ['db', '~cache'], db: [], cache: ['db'], report: ['~app'] });
  expect(told(lab.needs('web'))).toEqual(['host:nas 1 hard', 'app 1 hard', 'db 2 hard', 'cache 2 soft']);
  expect(told(lab.breaks('db'))).toEqual(['app 1 hard', 'cache 1 hard', 'web 2 hard', 'report 2 soft']);
  expect(told(lab.breaks('db', 1))).toEqual(['app 1 hard', 'cache 1 hard']);
  expect(
    lab
      .breaks(hostNode('nas'))
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['app', 'cache', 'db', 'report', 'web']);
  expect(lab.needs('unknown')).toEqual([]);
});

test('a way that is hard all along wins over a shorter soft one', () => {
  const lab = graph({ a: ['~c', 'b'], b: ['c'], c: [] });
  expect(lab.needs('a').find(({ name }) => name === 'c')).toMatchObject({ kind: 'hard', depth: 2, through: 'b' });
});

test('circles of hard needs are each found once; a soft edge makes none, a service may need itself', () => {
  const sorted = (edges: Edges) =>
    graph(edges)
      .cycles()
      .map((group) => [...group].sort());
  expect(sorted({ a: ['b'], b: ['c'], c: ['a'], d: ['a'] })).toEqual([['a', 'b', 'c']]);
  expect(sorted({ a: ['b'], b: ['~a'] })).toEqual([]);
  expect(sorted({ a: ['a'] })).toEqual([['a']]);
  expect(sorted({ a: ['b'], b: ['a'], c: ['d'], d: ['c'] })).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('needs in a circle end, and name nobody as his own need', () => {
  const lab = graph({ a: ['b'], b: ['c'], c: ['a'] });
  expect(told(lab.needs('a'))).toEqual(['host:nas 1 hard', 'b 1 hard', 'c 2 hard']);
});

test('a chain of 2,000 read from files, and one of 20,000, are walked to their ends', () => {
  const made = inventoryFolder({ 'infrastructure/hosts.yaml': hostsText('nas') });
  onTestFinished(made.remove);
  for (let index = 0; index < 2000; index++)
    made.write(contractPath(`s${index}`), contractText(`s${index}`, `depends_on: [{ service: s${(index + 1) % 2000} }]\n`));
  const inventory = loadInventory(made.root);
  expect([inventory.services.length, inventory.problems]).toEqual([2000, []]);
  const lab = new ServiceGraph(inventory);
  expect(lab.needs('s0')).toHaveLength(2000);
  expect(lab.cycles().map((group) => group.length)).toEqual([2000]);
  const long = graph(
    Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`n${index}`, index === 19_999 ? [] : [`n${index + 1}`]])),
  );
  expect(long.breaks('n19999').at(-1)).toMatchObject({ name: 'n0', depth: 19_999 });
  expect(long.cycles()).toEqual([]);
});
