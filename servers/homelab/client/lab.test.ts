import { expect, test } from 'vitest';
import { until } from '../tests/lab-folder.ts';
import { labServer } from '../tests/lab-server.ts';

const HOSTS = `apiVersion: homelab/v1
kind: Hosts
hosts:
  - { name: box, address: 192.0.2.7, os: { family: linux } }
`;

test('without an inventory the lab is guessed from compose files; with one, the guess is gone', async () => {
  const { homelab, lab } = await labServer({ 'compose/nas/immich/compose.yaml': 'services:\n  immich:\n    image: immich:v2\n' });
  const guess = homelab.lab();
  expect([guess.guessed, guess.inventory.services.map(({ value }) => value.name)]).toEqual([true, ['immich']]);
  expect(homelab.lab()).toBe(guess);
  lab.write('infrastructure/hosts.yaml', HOSTS);
  const own = await until('the inventory to be read', () => !homelab.lab().guessed && homelab.lab());
  expect(own.inventory.hosts.map(({ value, place }) => [value.name, place.line])).toEqual([['box', 4]]);
});
