import { defineServer } from '@homelab/shared/commands/server-module.ts';
import { runServers } from '@homelab/shared/commands/start.ts';
import { openInventory } from '@homelab/shared/inventory/open.ts';
import { homelabOver } from './client/homelab.ts';
import { openRepository } from './client/repository.ts';
import { inventoryDoctor } from './commands/inventory-doctor.ts';
import { repositoryCheck } from './commands/repository-check.ts';
import { homelabEnv } from './config.ts';
import { guessInventory } from './inventory-guess/guess-inventory.ts';
import { chunksOf } from './search/chunks.ts';
import { describeProduct } from './search/describe-product.ts';
import { searchIndex } from './search/search-index.ts';
import { homelabServer } from './server.ts';

/** mcp-homelab for the programs that run servers. */
export const homelab = defineServer({
  definition: homelabServer,
  env: homelabEnv,
  port: 'HOMELAB_PORT',
  async open({ HOMELAB_REPO, HOMELAB_CONTRACTS, PATH, STATE_DIR }, { log }) {
    const repository = await openRepository(HOMELAB_REPO, {
      searchPath: PATH,
      spareFolder: STATE_DIR,
      onTrouble: (error) => log.warn('repository_not_followed', { err: error }),
    });
    const inventory = openInventory(HOMELAB_REPO, { contracts: HOMELAB_CONTRACTS });
    const probe = async () => {
      const { note } = repository.provenance();
      return { reachable: repository.reachable(), ms: 0, ...(note && { note }) };
    };
    return {
      client: homelabOver(repository, searchIndex(), chunksOf, {
        inventory,
        guess: (files) => guessInventory(files, { describe: describeProduct }),
      }),
      probes: [{ name: 'repository', probe }],
      async close() {
        inventory.close();
        await repository.close();
      },
    };
  },
  checks: ({ HOMELAB_REPO, PATH }) => [repositoryCheck(HOMELAB_REPO, PATH), inventoryDoctor(HOMELAB_REPO)],
});

if (import.meta.main) await runServers([homelab]);
