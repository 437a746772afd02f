import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Container } from '../client/container.ts';

/** A compose project on a host, as its containers' labels and the inventory tell of it. */
export const Stack = z.object({
  host: z.string(),
  project: z.string(),
  services: z.array(z.object({ service: z.string(), running: z.int(), total: z.int(), state: z.string() })),
  workingDir: z.string().optional(),
  files: z.array(z.string()),
  /** The file of the repository that its contracts name. */
  contract: z.string().optional(),
  /** Services of its contracts that have no container. */
  lacking: z.array(z.string()),
  /** Services with a container that no contract names. */
  unknown: z.array(z.string()),
});
export type Stack = z.output<typeof Stack>;

/** What contracts say of one project on one host. */
export interface Declared {
  host: string;
  project: string;
  file?: string | undefined;
  services: readonly string[];
}

/** The compose projects that the contracts of an inventory name. */
export function declaredStacks({ services }: Inventory): Declared[] {
  return services.flatMap(({ value: { owner_node: host, runtime } }) =>
    runtime.type === 'compose' && runtime.project !== undefined
      ? [{ host, project: runtime.project, file: runtime.file, services: runtime.services }]
      : [],
  );
}

/** The stacks of these containers and contracts; a declared one without any container is among them. */
export function stacksOf(containers: readonly Container[], declared: readonly Declared[]): Stack[] {
  const keys = new Map<string, { host: string; project: string }>();
  for (const { host, project } of [...containers.flatMap(({ host, project }) => (project ? [{ host, project }] : [])), ...declared])
    keys.set(`${host} ${project}`, { host, project });
  return [...keys.values()].map(({ host, project }) => {
    const own = containers.filter((one) => one.host === host && one.project === project && !one.compose?.oneOff);
    const contracts = declared.filter((one) => one.host === host && one.project === project);
    const wanted = contracts.flatMap(({ services }) => services);
    const there = [...new Set(own.map(({ service }) => service ?? ''))];
    const first = own[0]?.compose;
    const file = contracts.find((one) => one.file)?.file;
    return {
      host,
      project: plain(project, 80),
      services: there.map((service) => {
        const all = own.filter((one) => one.service === service);
        const running = all.filter(({ state }) => state === 'running');
        const down = all.find(({ state }) => state !== 'running');
        const state = down
          ? `${down.state}${down.exitCode === undefined ? '' : `(${down.exitCode})`}`
          : (all.find(({ health }) => health === 'unhealthy')?.health ?? '');
        return { service: plain(service, 80), running: running.length, total: all.length, state };
      }),
      ...(first?.workingDir && { workingDir: plain(first.workingDir, 160) }),
      files: (first?.configFiles ?? []).map((path) => plain(path, 160)),
      ...(file && { contract: file }),
      lacking: wanted.filter((name) => !own.some((one) => one.service === name || one.name === name)),
      unknown:
        contracts.length === 0
          ? []
          : own.filter((one) => !wanted.includes(one.service ?? '') && !wanted.includes(one.name)).map(({ name }) => plain(name, 80)),
    };
  });
}

/** A stack in one line, or with its services. */
export function stackLines(stack: Stack, detailed: boolean): string[] {
  const { host, project, services, lacking, unknown, contract, files, workingDir } = stack;
  const up = services.reduce((sum, { running }) => sum + running, 0);
  const all = services.reduce((sum, { total }) => sum + total, 0) + lacking.length;
  const wrong = services.filter(({ running, total, state }) => running < total || state === 'unhealthy');
  const flags = [
    ...lacking.map((name) => `${name} has no container`),
    ...unknown.map((name) => `${name} is in no contract`),
    ...(contract ? [] : ['not in the inventory']),
    ...(detailed ? [] : wrong.map(({ service, state }) => `${service} ${state}`)),
  ];
  const trouble = wrong.length > 0 || lacking.length > 0;
  const head = `${trouble ? '! ' : ''}${host} ${project} ${up}/${all}${flags.length > 0 ? ` (${flags.join('; ')})` : ''}`;
  if (!detailed) return [head];
  return [
    head,
    ...services.map(({ service, running, total, state }) => `  ${service} ${running}/${total}${state ? ` ${state}` : ''}`),
    ...(workingDir ? [`  in ${workingDir}`] : []),
    ...(files.length > 0 ? [`  from ${files.join(', ')}`] : []),
    ...(contract ? [`  repository ${contract}`] : []),
  ];
}
