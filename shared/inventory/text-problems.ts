import { z } from 'zod';
import { type FileProblem, parseYaml } from '../config/yaml-file.ts';
import { BackupsFile } from './backup.ts';
import { HostsFile } from './host.ts';
import { NetworkFile } from './network.ts';
import { Service } from './service.ts';

const SHAPES: readonly [RegExp, z.ZodType][] = [
  [/^infrastructure\/hosts\.ya?ml$/, HostsFile],
  [/^infrastructure\/network\.ya?ml$/, NetworkFile],
  [/^infrastructure\/backups\.ya?ml$/, BackupsFile],
  [/^infrastructure\/services\/[^/]+\.ya?ml$|^services\/[^/]+\/service\.yaml$/, Service],
];

/** True for a path at which the inventory looks for its files. */
export function isInventoryPath(path: string): boolean {
  return SHAPES.some(([at]) => at.test(path));
}

/** What is wrong in a YAML text that is to stand at `path`: with the inventory's shape where one belongs there, else with its YAML alone. */
export function textProblems(path: string, text: string): FileProblem[] {
  return parseYaml(text, path, SHAPES.find(([at]) => at.test(path))?.[1] ?? z.unknown()).problems;
}
