import type { DeployPlan } from './plan.ts';

/** A file as it lies on the host below `deploy_root`; `digest` is SHA-256 of its bytes, `sha256:` and 64 digits. */
export interface HostFile {
  path: string;
  digest: string;
}

/** What a deployment would do to the files of a host. */
export interface FileDifference {
  added: readonly string[];
  changed: readonly string[];
  same: number;
  /** In the stack's folder and not in the repository: left where they are. */
  left: readonly string[];
  /** Secrets that are not there: the deployment would stop at the first. */
  missingSecrets: readonly string[];
}

/** Compares the plan with what lies on the host; `secrets` are the paths of secrets that are there. */
export function fileDifference(plan: DeployPlan, host: readonly HostFile[], secrets: readonly string[]): FileDifference {
  const there = new Map(host.map(({ path, digest }) => [path, digest]));
  const wanted = plan.steps.filter((step) => step.kind === 'file');
  const folder = plan.file.slice(0, plan.file.lastIndexOf('/') + 1);
  const planned = new Set(wanted.map(({ path }) => path));
  return {
    added: wanted.filter(({ path }) => !there.has(path)).map(({ path }) => path),
    changed: wanted.filter(({ path, digest }) => there.has(path) && there.get(path) !== digest).map(({ path }) => path),
    same: wanted.filter(({ path, digest }) => there.get(path) === digest).length,
    left: host.filter(({ path }) => path.startsWith(folder) && !planned.has(path)).map(({ path }) => path),
    missingSecrets: plan.steps.flatMap((step) => (step.kind === 'secret' && !secrets.includes(step.path) ? [step.path] : [])),
  };
}
