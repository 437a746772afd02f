import { fileURLToPath } from 'node:url';
import { envNotes, folder, list, port, text } from '@homelab/shared/config/env-fields.ts';
import { CONTRACTS } from '@homelab/shared/inventory/load.ts';

/** The variables of mcp-homelab. */
export const homelabEnv = {
  HOMELAB_PORT: port(8770).describe('Port of mcp-homelab'),
  HOMELAB_REPO: folder()
    .default(fileURLToPath(new URL('../..', import.meta.url)))
    .register(envNotes, { shown: 'this project' })
    .describe('Folder of the homelab repository to answer from'),
  HOMELAB_CONTRACTS: list()
    .default([...CONTRACTS])
    .describe('Where service contracts lie in it, as patterns'),
  PATH: text().optional().describe('Where the git program is looked for'),
};
