import { plain } from '@homelab/shared/render/plain.ts';
import { bytes, duration } from '@homelab/shared/render/quantity.ts';
import type { ContainerDetails } from '../client/container-details.ts';

/** Parts of a container that are shown in full on request. */
export const SECTIONS = ['env', 'mounts', 'network', 'health', 'command', 'labels', 'security'] as const;
export type Section = (typeof SECTIONS)[number];

const FIELD = 160;

/** A container in a dozen lines. */
export function summaryLines(one: ContainerDetails, ports: string, state: string, contract: string | undefined): string[] {
  const { memory, cpus, pids } = one.limits;
  const limits = [...(memory ? [`memory ${bytes(memory)}`] : []), ...(cpus ? [`${cpus} cores`] : []), ...(pids ? [`${pids} pids`] : [])];
  const marks = [
    ...(one.privileged ? ['privileged'] : []),
    ...(one.networkMode === 'host' ? ['host network'] : []),
    ...(one.pidMode === 'host' ? ['host pids'] : []),
    ...(one.mounts.some(({ source }) => /docker\.sock$/.test(source)) ? ['has the Docker socket'] : []),
    ...one.capabilities,
  ];
  const last = one.finishedAt && one.restarts > 0 ? `, last end ${age(one.finishedAt)} ago` : '';
  const compose = one.compose;
  return [
    `${plain(one.name, 80)} on ${one.host} · ${state} · id ${one.id.slice(0, 12)}`,
    `image ${plain(one.image, 120)} (${one.imageId.replace('sha256:', '').slice(0, 12)})`,
    `made ${age(one.created)} ago · restart ${plain(one.restartPolicy.name, 20)}, ${one.restarts} restarts${last}`,
    ...(compose
      ? [
          `compose ${plain(compose.project, 60)}/${plain(compose.service, 60)} · ${plain(compose.configFiles.join(', ') || (compose.workingDir ?? ''), FIELD)}`,
        ]
      : ['not made by compose']),
    `limits ${limits.join(', ') || 'none'}`,
    ...(ports ? [`ports ${ports}`] : []),
    `network ${one.addresses.map(({ network, address }) => plain(address ? `${network} ${address}` : network, 80)).join(', ') || plain(one.networkMode, 60)}`,
    ...(one.mounts.length > 0
      ? [
          `mounts ${one.mounts
            .map(({ source, target }) => plain(`${source}:${target}`, 90))
            .slice(0, 4)
            .join(', ')}${one.mounts.length > 4 ? ` and ${one.mounts.length - 4} more` : ''}`,
        ]
      : []),
    ...(marks.length > 0 ? [`notable ${plain(marks.join(', '), FIELD)}`] : []),
    ...(one.env.length > 0 ? [`env ${one.env.length} variables`] : []),
    contract ? `contract ${contract}` : 'no contract in the inventory',
  ];
}

/** One section, a line for each thing in it. Everything in it was redacted where it was read; `secrets` are names that a contract calls secret. */
export function sectionLines(one: ContainerDetails, section: Section, secrets: readonly string[]): string[] {
  switch (section) {
    case 'env':
      // SECURITY: the owner's word for a secret goes before what its name and value look like.
      return one.env.map(({ name, value }) => plain(`${name}=${secrets.includes(name) && value !== '' ? '[redacted]' : value}`, FIELD));
    case 'mounts':
      return one.mounts.map(({ kind, source, target, writable }) =>
        plain(`${kind} ${source} -> ${target}${writable ? '' : ' (read-only)'}`, FIELD),
      );
    case 'network':
      return [
        `mode ${plain(one.networkMode, 80)}`,
        ...one.addresses.map(({ network, address, aliases }) =>
          plain(`${network} ${address ?? 'no address'}${aliases.length > 0 ? ` (${aliases.join(', ')})` : ''}`, FIELD),
        ),
        ...one.ports.map(({ host, container, protocol, address }) =>
          plain(`${container}/${protocol} ${host === undefined ? 'not published' : `on ${address ?? ''}:${host}`}`, 80),
        ),
      ];
    case 'health':
      return healthLines(one);
    case 'command':
      return [`entrypoint ${words(one.entrypoint)}`, `command ${words(one.command)}`, `user ${plain(one.user ?? 'of the image', 40)}`];
    case 'labels':
      return Object.entries(one.labels).map(([name, value]) => plain(`${name}=${value}`, FIELD));
    case 'security':
      return [
        `privileged ${one.privileged ? 'yes' : 'no'} · read-only ${one.readOnly ? 'yes' : 'no'} · pid ${plain(one.pidMode ?? 'own', 40)}`,
        `capabilities added ${plain(one.capabilities.join(', ') || 'none', FIELD)}`,
      ];
  }
}

function healthLines({ healthcheck, healthRuns, health, failingStreak }: ContainerDetails): string[] {
  if (!healthcheck) return ['no health check'];
  return [
    `${health ?? 'unknown'}${failingStreak ? `, failed ${failingStreak} times in a row` : ''} · ${words(healthcheck.test)}`,
    ...healthRuns
      .slice(-3)
      .map(({ at, exitCode, output }) => plain(`${at?.toISOString().slice(11, 19) ?? ''} exit ${exitCode}: ${output.trim()}`, 240)),
  ];
}

const words = (list: readonly string[]): string => plain(list.join(' ') || 'none', 240);
const age = (date: Date): string => duration(Math.max(0, Date.now() - date.getTime())).replace(/ \d.*$/, '');
