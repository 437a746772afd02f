import type { DeployPlan } from './plan.ts';

/** The host's own compose, as a probe found it. */
export type ComposeBinary = { kind: 'plugin'; docker: string } | { kind: 'classic'; path: string };

/** The command of a step, to be run in the folder of the first file: fixed words and names from the repository, no shell. */
export function composeArgv(
  binary: ComposeBinary,
  plan: Pick<DeployPlan, 'project' | 'paths' | 'file'>,
  args: readonly string[],
): string[] {
  const folder = plan.file.slice(0, plan.file.lastIndexOf('/') + 1);
  const name = (path: string) => (path.startsWith(folder) ? path.slice(folder.length) : path);
  const start = binary.kind === 'plugin' ? [binary.docker, 'compose'] : [binary.path];
  return [...start, '--project-name', plan.project, ...plan.paths.flatMap((path) => ['--file', name(path)]), ...args];
}
