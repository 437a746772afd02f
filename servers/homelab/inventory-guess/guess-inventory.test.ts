import { expect, test } from 'vitest';
import type { SourceFile } from '../client/document.ts';
import { kindOf } from '../client/kinds.ts';
import { describeProduct } from '../search/describe-product.ts';
import { COMPOSE_ONLY, TRUTH } from '../tests/compose-only.ts';
import { guessInventory } from './guess-inventory.ts';

const sources = (files: Record<string, string>): SourceFile[] =>
  Object.entries(files).map(([path, text]) => ({ path, text, kind: kindOf(path, text), bytes: text.length, mtimeMs: 0 }));
const guess = (files: Record<string, string>) => guessInventory(sources(files), { describe: describeProduct });

test('at least 90 % of services, ports and volumes of a compose-only repository are right', () => {
  const { services } = guess(COMPOSE_ONLY).inventory;
  const guessed = services.flatMap(({ value: { name, owner_node, exposure, persistence } }) => [
    `${name} on ${owner_node}`,
    ...exposure.flatMap(({ port, protocol, scope, route_of }) =>
      scope === 'container' || route_of ? [] : [`${name} port ${port}/${protocol === 'udp' ? 'udp' : 'tcp'}`],
    ),
    ...persistence.map(({ source, target }) => `${name} keeps ${source} -> ${target}`),
  ]);
  const truth = Object.entries(TRUTH).flatMap(([name, { host, ports, volumes }]) => [
    `${name} on ${host}`,
    ...ports.map((port) => `${name} port ${port}`),
    ...volumes.map((volume) => `${name} keeps ${volume}`),
  ]);
  const missed = truth.filter((fact) => !guessed.includes(fact));
  const invented = guessed.filter((fact) => !truth.includes(fact));
  for (const kind of [' on ', ' port ', ' keeps ']) {
    const of = (facts: string[]) => facts.filter((fact) => fact.includes(kind)).length;
    expect(1 - of(missed) / of(truth), `missed ${missed}`).toBeGreaterThanOrEqual(0.9);
    expect(of(invented) / of(guessed), `invented ${invented}`).toBeLessThanOrEqual(0.1);
  }
  // The overlay's port is the one that is known to be missed, and it is said.
  expect(missed).toEqual(['mosquitto port 1884/tcp']);
  expect(invented).toEqual([]);
});
