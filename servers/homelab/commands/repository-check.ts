import type { DoctorCheck } from '@homelab/shared/commands/server-module.ts';
import { openRepository } from '../client/repository.ts';

/** Doctor's look at the homelab repository: opened the way the server opens it, how much can be read, what git says of the moment. */
export function repositoryCheck(folder: string, searchPath?: string): DoctorCheck {
  return {
    name: 'homelab repository',
    async run() {
      const repository = await openRepository(folder, { watch: false, searchPath });
      try {
        const number = repository.files().length;
        const { commit, git, note, skipped } = repository.provenance();
        const read = `${folder}: ${number} files read${skipped ? ` (${skipped})` : ''}`;
        if (number === 0)
          return { ok: 'fail', found: `${read}, nothing to answer from`, todo: 'Set HOMELAB_REPO to the folder of your repository.' };
        if (!git)
          return {
            ok: 'warn',
            found: `${read}, no git`,
            todo: 'repo_changes cannot tell history without git: install git, or point HOMELAB_REPO at a clone.',
          };
        if (note)
          return { ok: 'warn', found: `${read}; ${note}`, todo: 'Finish what git is in the middle of, or read answers with that in mind.' };
        return { ok: 'ok', found: `${read}, at commit ${commit?.slice(0, 8)}` };
      } finally {
        await repository.close();
      }
    },
  };
}
