import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import { dockerOver } from '../client/docker.ts';
import { type Fleet, ownProject } from '../client/fleet.ts';
import { hostSettings } from '../client/host-settings.ts';
import { onePerHost } from '../client/one-per-host.ts';
import type { DockerSimulator } from './docker-simulator.ts';

/** The simulator's machines as the tools meet them: the same client, over local sockets in the place of SSH. */
export function simulatedFleet(simulator: DockerSimulator, inventory: () => Inventory): Fleet {
  const hosts = () =>
    hostSettings(inventory().hosts.map(({ value }) => value)).flatMap(({ ssh: _none, ...settings }) => {
      const socket = simulator.sockets.get(settings.name);
      return socket ? [{ ...settings, transports: ['local' as const], socket }] : [];
    });
  const docker = dockerOver({
    hosts,
    credentials: () => ({}),
    pins: { get: () => undefined, keep: () => undefined },
  });
  return {
    docker,
    inventory,
    simulated: true,
    alone: onePerHost(),
    isOwn: ownProject(inventory, ''),
    // The simulated resolvers answer while their container runs.
    guardHolds: async ({ type, server }) => {
      if (type !== 'dns') return false;
      const { vips } = inventory();
      const holder = vips.some(({ value }) => value.address === server)
        ? undefined
        : simulator.lab.machines.find(({ address }) => address === server)?.name;
      const resolvers = [...simulator.engines].filter(([name]) => holder === undefined || name === holder);
      return resolvers.some(([, engine]) =>
        engine.containers().some(({ fact, life }) => fact.name === 'pihole' && life.state === 'running'),
      );
    },
  };
}
