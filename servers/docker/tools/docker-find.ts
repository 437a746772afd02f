import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { z } from 'zod';
import { Away, awayLines, awayOf, hostsText } from '../answer/missing.ts';
import { HostName } from '../answer/params.ts';
import { nameText } from '../answer/short.ts';
import { Source, sourceLine, sourceOf } from '../answer/source.ts';
import type { ContainerDetails } from '../client/container-details.ts';
import type { DockerHost } from '../client/docker-host.ts';
import type { CallOptions } from '../client/engine.ts';
import type { Fleet } from '../client/fleet.ts';
import { HostFault } from '../client/host-fault.ts';
import { type Match, matchesOf, needsDetails, unusedMatches } from '../find/find-matches.ts';

const MOST = 25;

/** Finds which container on which host has something. */
export const dockerFind = defineTool({
  name: 'docker_find',
  title: 'Which container, on which machine',
  description:
    'Who publishes a port, mounts a path, runs an image, has an address, label, network or variable NAME: over all hosts at once.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({ query: z.string().trim().min(1).max(200), host: HostName.optional() }),
  output: z.object({
    matches: z.array(z.object({ host: z.string(), what: z.string(), why: z.string() })),
    total: z.int(),
    looked: z.int(),
    away: z.array(Away),
    source: Source,
  }),
  async handler({ query, host }, { docker, simulated }: Fleet, { signal }) {
    const { found, missing } = await docker.across((one, call) => matchesOn(one, query, call), {
      ...(host !== undefined && { hosts: [host] }),
      signal,
      deadlineMs: 8_000,
    });
    const matches = found.flatMap(({ value }) => value.matches);
    return {
      matches: matches.slice(0, MOST),
      total: matches.length,
      looked: found.reduce((sum, { value }) => sum + value.looked, 0),
      away: awayOf(missing),
      source: sourceOf(
        found.map((one) => one.host),
        simulated,
      ),
    };
  },
  render: ({ matches, total, looked, away, source }, { query }) =>
    [
      total === 0
        ? `Nothing of ${looked} containers on ${hostsText(source.hosts.length, away)} has ${nameText(query)}; images and volumes neither.`
        : `${total} match${total === 1 ? '' : 'es'} among ${looked} containers on ${hostsText(source.hosts.length, away)}`,
      ...matches.map(({ host, what, why }) => `${host} ${what}: ${why}`),
      ...(total > matches.length ? [`shown ${matches.length} of ${total} matches; next: host, or a longer query`] : []),
      ...awayLines(away),
      sourceLine(source),
    ].join('\n'),
});

async function matchesOn(host: DockerHost, query: string, call: CallOptions): Promise<{ matches: Match[]; looked: number }> {
  const [containers, images, volumes] = await Promise.all([host.containers({}, call), host.images(call), host.volumes(call)]);
  const details = needsDetails(query) ? await detailsOf(host, containers, call) : new Map<string, ContainerDetails>();
  return {
    matches: [
      ...containers.flatMap((one) => matchesOf(one, query, details.get(one.id))),
      ...unusedMatches(host.name, query, containers, images, volumes),
    ],
    looked: containers.length,
  };
}

async function detailsOf(
  host: DockerHost,
  containers: readonly { id: string }[],
  call: CallOptions,
): Promise<Map<string, ContainerDetails>> {
  const all = await Promise.all(
    containers.map(({ id }) =>
      host.inspect(id, call).catch((error: unknown) => {
        if (error instanceof HostFault && error.reason === 'not_found') return undefined;
        throw error;
      }),
    ),
  );
  return new Map(all.flatMap((one) => (one ? [[one.id, one] as const] : [])));
}
