import { expect, test } from 'vitest';
import { contract, INVENTORY_LAB } from './inventory-lab.ts';
import { labServer } from './lab-server.ts';

test('2,000 services in one chain: every reply is bounded, counts whole, and says how to get the rest', async () => {
  const chain = Object.assign(
    {},
    ...Array.from({ length: 2000 }, (_, n) => contract(`s${n}`, 'pi', n === 0 ? {} : { depends_on: `[{ service: s${n - 1} }]` })),
  );
  const { call } = await labServer({ 'infrastructure/hosts.yaml': INVENTORY_LAB['infrastructure/hosts.yaml'] ?? '', ...chain });
  const told = async (tool: string, args: Record<string, unknown>) => {
    const { text, isError } = await call(tool, args);
    expect([tool, args, isError, text.length < 6000]).toEqual([tool, args, false, true]);
    return text;
  };
  expect(await told('inventory_list', { kind: 'services' })).toContain('50 of 2000 services · next: cursor=c50');
  expect(await told('inventory_list', { kind: 'services', cursor: 'c50' })).toContain('50 of 2000 services from 51 · next: cursor=c100');
  expect(await told('host_get', { host: 'pi' })).toContain('and 1960 more: inventory_list kind services');
  expect(await told('service_graph', { name: 'pi' })).toContain('and 1960 more');
  const first = await told('service_graph', { name: 's0' });
  expect(first).toContain('stops with it (1999):');
  expect(first).toContain('30 of 1999 lines; the rest: ask for one of these by name');
  expect(await told('service_graph', { name: 's1999', depth: 10 })).toContain('and 1980 more');
  expect(await told('service_graph', {})).toContain('s0 takes 1999');
  expect(await told('inventory_find', { query: 's15' })).toMatch(/^s15 · service/);
  expect(await told('inventory_find', { query: 'service of the host called raspberry' })).toContain('and 1970 more');
}, 120_000);
