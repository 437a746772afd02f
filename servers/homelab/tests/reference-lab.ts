import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LabFolder, labFolder } from './lab-folder.ts';

/** This project's folder. */
export const PROJECT = join(import.meta.dirname, '../../..');

/** A throw-away copy of the reference lab. */
export interface LabCopy extends LabFolder {
  read(path: string): string;
  /** Puts `to` in for the only or first `from` of a file; fails when it is not there. */
  edit(path: string, from: string, to: string): void;
}

/** Copies inventory, decisions and runbooks of this project; not yet a git repository. */
export function referenceLab(more: Record<string, string> = {}): LabCopy {
  const lab = labFolder();
  for (const folder of ['infrastructure', 'decisions', 'runbooks'])
    cpSync(join(PROJECT, folder), join(lab.root, folder), { recursive: true });
  for (const [path, text] of Object.entries(more)) lab.write(path, text);
  const read = (path: string) => readFileSync(join(lab.root, path), 'utf8');
  return {
    ...lab,
    read,
    edit(path, from, to) {
      const text = read(path);
      if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
      lab.write(
        path,
        text.replace(from, () => to),
      );
    },
  };
}
