import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { bytes } from '@homelab/shared/render/quantity.ts';
import { z } from 'zod';
import { Away, awayLines, awayOf } from '../answer/missing.ts';
import { HostName } from '../answer/params.ts';
import { Source, sourceLine, sourceOf } from '../answer/source.ts';
import type { Fleet } from '../client/fleet.ts';

const Engine = z.object({
  host: z.string(),
  version: z.string(),
  api: z.string(),
  platform: z.string(),
  running: z.int(),
  containers: z.int(),
  cpus: z.int(),
  memory: z.number(),
  way: z.string(),
  /** Better ways that did not go, and why. */
  refused: z.array(z.string()),
  ms: z.int(),
});

/** Tells which engines answer, how they are reached, and why the others do not. */
export const dockerHosts = defineTool({
  name: 'docker_hosts',
  title: 'Docker engines and how they are reached',
  description:
    'Each machine with Docker: whether it answers, over which way, engine and API version; for one that does not, why and what helps.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({ host: HostName.optional() }),
  output: z.object({ engines: z.array(Engine), away: z.array(Away), without: z.array(z.string()), source: Source }),
  async handler({ host }, { docker, inventory, simulated }: Fleet, { signal }) {
    const { found, missing } = await docker.across((one, call) => one.about(call).then((about) => ({ about, link: one.link() })), {
      ...(host !== undefined && { hosts: [host] }),
      signal,
    });
    const known = new Set(docker.hosts().map(({ name }) => name));
    return {
      engines: found.map(({ host: name, value: { about, link } }) => ({
        host: name,
        version: plain(about.version, 40),
        api: plain(about.api, 10),
        platform: plain(`${about.os}/${about.arch}`, 40),
        running: about.running,
        containers: about.containers,
        cpus: about.cpus,
        memory: about.memory,
        way: simulated ? 'simulator' : plain(link.way ?? link.transport ?? 'unknown', 80),
        refused: link.refused.map(({ kind, why }) => plain(`${kind}: ${why}`, 120)),
        ms: about.ms,
      })),
      away: awayOf(missing),
      without:
        host === undefined
          ? inventory()
              .hosts.map(({ value }) => value.name)
              .filter((name) => !known.has(name))
          : [],
      source: sourceOf(
        found.map((one) => one.host),
        simulated,
      ),
    };
  },
  render: ({ engines, away, without, source }) =>
    [
      ...engines.flatMap(({ host, version, api, platform, running, containers, cpus, memory, way, refused, ms }) => [
        `${host} answers · Docker ${version} (API ${api}) · ${platform}, ${cpus} cores, ${bytes(memory)} · ${running}/${containers} running · ${way} · ${ms} ms`,
        ...refused.map((why) => `  not used ${why}`),
      ]),
      ...awayLines(away),
      ...(without.length > 0 ? [`no Docker by the inventory: ${without.join(', ')}`] : []),
      sourceLine(source),
    ].join('\n'),
});
