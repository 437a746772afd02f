import { onTestFinished } from 'vitest';
import type { Repository } from '../client/document.ts';
import { openRepository, type RepositoryOptions } from '../client/repository.ts';
import { type LabFolder, labFolder } from './lab-folder.ts';

/** A lab folder that goes when the test ends. */
export function lab(...args: Parameters<typeof labFolder>): LabFolder {
  const made = labFolder(...args);
  onTestFinished(made.remove);
  return made;
}

/** An open repository that is closed when the test ends; it follows changes only when told to. */
export async function repository(root: string, options: RepositoryOptions = { watch: false }): Promise<Repository> {
  const made = await openRepository(root, options);
  onTestFinished(() => made.close());
  return made;
}

export const paths = (made: Repository): string[] => made.files().map(({ path }) => path);
