import type { DoctorCheck } from '@homelab/shared/commands/server-module.ts';
import { loadInventory } from '@homelab/shared/inventory/load.ts';

/** Doctor's look at the inventory of a repository: how much it holds, and where its files are wrong. */
export function inventoryDoctor(folder: string): DoctorCheck {
  return {
    name: 'homelab inventory',
    async run() {
      const { hosts, services, backups, problems, files } = loadInventory(folder);
      if (files.length === 0)
        return {
          ok: 'warn',
          found: 'none; what runs where is guessed from compose files and host lists',
          todo: 'Run `npm run inventory -- init` and correct what it writes.',
        };
      const found = `${hosts.length} hosts, ${services.length} services, ${backups.length} backup jobs from ${files.length} files`;
      const [first] = problems;
      if (!first) return { ok: 'ok', found };
      const more = problems.length > 1 ? ` and ${problems.length - 1} more` : '';
      return {
        ok: hosts.length + services.length === 0 ? 'fail' : 'warn',
        found: `${found}; wrong at ${first.file}:${first.line}:${first.column}${more}`,
        todo: 'Run `npm run inventory -- check`: what is wrong is missing from answers.',
      };
    },
  };
}
