import { hostname } from 'node:os';
import { join } from 'node:path';
import { defineServer, type Opened } from '@homelab/shared/commands/server-module.ts';
import { runServers } from '@homelab/shared/commands/start.ts';
import { replaceFile } from '@homelab/shared/config/replace-file.ts';
import { loadInventory } from '@homelab/shared/inventory/load.ts';
import { openInventory } from '@homelab/shared/inventory/open.ts';
import { type Docker, dockerOver } from './client/docker.ts';
import { type Fleet, ownProject } from './client/fleet.ts';
import { askGuard } from './client/guard.ts';
import { type HostSettings, hostSettings } from './client/host-settings.ts';
import { onePerHost } from './client/one-per-host.ts';
import { pinFile } from './client/pin-file.ts';
import { credentials } from './client/ssh/credentials.ts';
import { hostChecks } from './commands/host-checks.ts';
import { dockerEnv } from './config.ts';
import { dockerServer } from './server.ts';

const LOCAL_MS = 1_500;

/** mcp-docker for the programs that run servers. */
export const docker = defineServer({
  definition: dockerServer,
  env: dockerEnv,
  port: 'DOCKER_PORT',
  async open(config) {
    const { DOCKER_HOSTS: asked, DOCKER_SSH_KEY: key, DOCKER_SSH_PASSPHRASE: passphrase, SSH_AUTH_SOCK: agent } = config;
    const inventory = openInventory(config.HOMELAB_REPO, { contracts: config.HOMELAB_CONTRACTS });
    const real = {
      inventory: inventory.current,
      simulated: false,
      isOwn: ownProject(inventory.current, hostname()),
      guardHolds: askGuard,
      alone: onePerHost(),
    };
    const over = (hosts: () => HostSettings[]): Docker =>
      dockerOver({
        hosts,
        credentials: () => credentials({ key, passphrase, agent }),
        pins: pinFile(join(config.STATE_DIR, 'docker-host-keys.json'), replaceFile),
      });
    if (asked === 'inventory' || (asked === 'auto' && key)) {
      const engines = over(() => hostSettings(inventory.current().hosts.map(({ value }) => value)));
      return opened({ ...real, docker: engines }, [], inventory.close);
    }
    if (asked !== 'simulator') {
      const engine = over(() => [localHost(config.DOCKER_SOCKET)]);
      if (asked === 'local' || (await answers(engine)))
        return opened(
          { ...real, isOwn: ownProject(inventory.current, hostname(), true), docker: engine },
          ["mcp-docker: this machine's own Docker; set DOCKER_SSH_KEY_FILE to reach the hosts of the inventory."],
          inventory.close,
        );
      await engine.close();
    }
    // Loaded only when it is needed: an image for deployment has no simulator.
    const { openSimulation } = await import('./simulator/open-simulation.ts');
    const { fleet, close } = await openSimulation(inventory.current);
    const note = 'mcp-docker: simulated engines of the shipped lab; set DOCKER_SSH_KEY_FILE to reach the hosts of your inventory.';
    return opened(fleet, [note], async () => {
      await close();
      inventory.close();
    });
  },
  checks: ({ DOCKER_HOSTS: asked, DOCKER_SSH_KEY: key, DOCKER_SSH_PASSPHRASE: passphrase, SSH_AUTH_SOCK: agent, ...config }) => {
    if (asked === 'simulator' || (asked === 'auto' && !key)) return [];
    const inventory = () => hostSettings(loadInventory(config.HOMELAB_REPO, config.HOMELAB_CONTRACTS).hosts.map(({ value }) => value));
    const hosts = asked === 'local' ? [localHost(config.DOCKER_SOCKET)] : inventory();
    const pins = pinFile(join(config.STATE_DIR, 'docker-host-keys.json'), replaceFile);
    return hostChecks(hosts, () => dockerOver({ hosts: () => hosts, credentials: () => credentials({ key, passphrase, agent }), pins }));
  },
});

function opened(fleet: Fleet, notes: readonly string[], end: () => void | Promise<void>): Opened<Fleet> {
  // One dead machine must not make the server that tells of it unready: only when none answers, nothing can be told.
  const probe = async () => {
    const begun = performance.now();
    const { found, missing } = await fleet.docker.across((host, call) => host.about(call));
    const silent = missing.filter(({ reason }) => reason !== 'asleep').map(({ host }) => host);
    const note = silent.length > 0 ? { note: `no answer from ${silent.join(', ')}` } : {};
    return { reachable: found.length > 0, ms: Math.round(performance.now() - begun), ...note };
  };
  return {
    client: fleet,
    notes,
    probes: [{ name: 'engines', probe }],
    async close() {
      await fleet.docker.close();
      await end();
    },
  };
}

function localHost(socket: string | undefined): HostSettings {
  return {
    name: 'local',
    aliases: [hostname(), 'localhost'],
    address: '127.0.0.1',
    sleepy: false,
    os: process.platform === 'win32' ? 'windows' : 'linux',
    transports: ['local'],
    tcp: { host: '127.0.0.1', port: 2375 },
    ...(socket && { socket }),
  };
}

async function answers(engines: Docker): Promise<boolean> {
  const { found } = await engines.across((host, call) => host.about(call), { deadlineMs: LOCAL_MS });
  return found.length > 0;
}

if (import.meta.main) await runServers([docker]);
