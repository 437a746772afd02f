import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import { REPOSITORY } from '@homelab/shared/inventory/stack/compose-project.ts';
import type { Stack } from '@homelab/shared/inventory/stack/stacks.ts';
import { filesOfStack } from './stack-files.ts';

/** In this order; `diagnose` only after a failure. */
export const STAGES = ['prepare', 'validate', 'deploy', 'verify', 'diagnose'] as const;
export type Stage = (typeof STAGES)[number];

/** One thing to do or to look at. Every step may be done twice: what is as it should be already counts as done. Paths count from `deploy_root`. */
export type Step = { id: string } & (
  | { stage: 'prepare'; kind: 'file'; path: string; digest: string; mode: number }
  | { stage: 'prepare'; kind: 'secret'; path: string; mode: number }
  | { stage: 'validate' | 'deploy'; kind: 'compose'; args: readonly string[] }
  | { stage: 'verify' | 'diagnose'; kind: 'container'; container: string; service: string; health: boolean; withinSeconds: number }
);

/** What bringing one stack to one host takes. Nothing in it is secret: of secrets it holds paths. */
export interface DeployPlan {
  host: string;
  project: string;
  /** The stack's compose file; its folder is where compose runs. */
  file: string;
  paths: readonly string[];
  /** Commit of the repository. */
  commit: string;
  /** Variables of the compose commands, and the file that each is read from for that one command. */
  variables: Readonly<Record<string, string>>;
  steps: readonly Step[];
  /** SHA-256 over all of it: an approval and a resumption hold for this plan only. */
  digest: string;
}

const SECRET_MODE = 0o600;

/** The plan for a stack; `files` holds everything of the repository that a stack may need, by path. */
export function planDeploy(stack: Stack, inventory: Inventory, files: ReadonlyMap<string, string>, commit: string): DeployPlan {
  const contracts = inventory.services.map(({ value }) => value).filter(({ runtime }) => runtime.file === stack.file);
  const texts = stack.paths.map((path) => files.get(path) ?? '').join('\n');
  const variables = variablesOf(contracts, texts);
  const sources = new Set(stack.services.flatMap(({ mounts }) => mounts.flatMap(({ source }) => secretPath(source))));
  const secrets = [...new Set([...sources, ...Object.values(variables)])].sort();
  const steps: Step[] = [
    ...secrets.map((path): Step => ({ id: `secret ${path}`, stage: 'prepare', kind: 'secret', path, mode: SECRET_MODE })),
    ...filesOfStack(stack, files).map(({ path, text }): Step => {
      const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
      return { id: `file ${path}`, stage: 'prepare', kind: 'file', path, digest, mode: text.startsWith('#!') ? 0o755 : 0o644 };
    }),
    { id: 'compose config', stage: 'validate', kind: 'compose', args: ['config', '--quiet'] },
    // Never with --volumes, and never down first: what is up and unchanged stays up.
    { id: 'compose up', stage: 'deploy', kind: 'compose', args: ['up', '--detach'] },
    ...stack.services.filter(({ scale }) => scale > 0).map((service) => containerStep(service, contracts)),
  ];
  const plan = { host: stack.host, project: stack.project, file: stack.file, paths: stack.paths, commit, variables, steps };
  // Not over the commit: the same files of a later one are the same plan.
  const content = JSON.stringify([plan.host, plan.project, plan.paths, Object.entries(variables).sort(), steps]);
  return { ...plan, digest: `sha256:${createHash('sha256').update(content).digest('hex')}` };
}

function containerStep(
  { service, containerName, project, contract, healthcheck, restart }: Stack['services'][number],
  contracts: readonly Service[],
): Step {
  const check = (contract?.value ?? contracts[0])?.healthcheck;
  const timing = check && 'grace' in check ? [check.grace, check.interval] : [];
  const withinSeconds = timing.reduce((sum, text) => sum + secondsOf(text), 30);
  const container = containerName ?? `${project}-${service}-1`;
  const health = healthcheck === 'set' && restart !== 'no';
  return { id: `container ${container}`, stage: 'verify', kind: 'container', container, service, health, withinSeconds };
}

/** A variable that carries the name of a contract's secret is filled from that secret's file. */
function variablesOf(contracts: readonly Service[], text: string): Record<string, string> {
  const used = new Set([...text.matchAll(/(?<!\$)\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name));
  const named = contracts.flatMap(({ secrets }) => secrets.filter(({ name, from }) => used.has(name) && from.startsWith('file:')));
  return Object.fromEntries(named.map(({ name, from }) => [name, from.slice('file:'.length)]));
}

function secretPath(source: string | undefined): string[] {
  if (!source?.startsWith(REPOSITORY)) return [];
  const path = posix.normalize(source.slice(REPOSITORY.length));
  return path.startsWith('secrets/') ? [path] : [];
}

const UNIT: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

function secondsOf(duration: string | undefined): number {
  const [, count = '0', unit = 's'] = /^(\d+)(ms|s|m|h|d)$/.exec(duration ?? '') ?? [];
  return Number(count) * (UNIT[unit] ?? 1);
}
