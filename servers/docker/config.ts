import { fileURLToPath } from 'node:url';
import { envNotes, folder, list, oneOf, path, port, secret, text } from '@homelab/shared/config/env-fields.ts';
import { CONTRACTS } from '@homelab/shared/inventory/load.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** The variables of mcp-docker. */
export const dockerEnv = {
  DOCKER_PORT: port(8774).describe('Port of mcp-docker'),
  DOCKER_HOSTS: oneOf('auto', 'inventory', 'local', 'simulator')
    .default('auto')
    .describe("Which engines: the inventory's over SSH, this machine's own, or the simulator; auto takes the first that is set up"),
  DOCKER_SOCKET: path().optional().describe("Socket of this machine's own engine"),
  DOCKER_SSH_KEY: secret().optional().describe('Private key that logs in to the hosts of the inventory'),
  DOCKER_SSH_PASSPHRASE: secret().optional().describe('Passphrase of that key'),
  SSH_AUTH_SOCK: text().optional().describe('Socket of an ssh-agent to log in with'),
  HOMELAB_REPO: folder()
    .default(PROJECT)
    .register(envNotes, { shown: 'this project' })
    .describe('Folder of the homelab repository to answer from'),
  HOMELAB_CONTRACTS: list()
    .default([...CONTRACTS])
    .describe('Where service contracts lie in it, as patterns'),
};
