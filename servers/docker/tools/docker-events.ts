import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { fit } from '@homelab/shared/render/budget.ts';
import { span } from '@homelab/shared/render/time.ts';
import { z } from 'zod';
import { Away, awayLines, awayOf } from '../answer/missing.ts';
import { momentOf } from '../answer/moment.ts';
import { ContainerName, HostName, Since } from '../answer/params.ts';
import { Source, sourceLine, sourceOf } from '../answer/source.ts';
import type { Fleet } from '../client/fleet.ts';
import { foldEvents } from '../happenings/fold-events.ts';

const MOST_TOKENS = 900;
/** Docker keeps that many at least. */
const REMEMBERED = 256;

const Happened = z.object({
  host: z.string(),
  kind: z.string(),
  name: z.string(),
  actions: z.array(z.string()),
  first: z.string(),
  last: z.string(),
  trouble: z.boolean(),
});

/** Tells what happened to containers, images, volumes and networks. */
export const dockerEvents = defineTool({
  name: 'docker_events',
  title: 'What happened on the engines',
  description: 'Starts, ends, kills for memory, health changes, pulls and removals since a moment, counted by what they happened to.',
  safety: 'read',
  input: z.strictObject({
    host: HostName.optional(),
    name: ContainerName.optional().describe('Only this container'),
    since: Since.default('6h'),
    until: Since.optional(),
  }),
  output: z.object({
    happenings: z.array(Happened),
    healthRuns: z.int(),
    from: z.string(),
    to: z.string(),
    /** Hosts that no longer remember all of the window, and since when they do. */
    forgot: z.array(z.object({ host: z.string(), since: z.string() })),
    away: z.array(Away),
    source: Source,
  }),
  async handler({ host, name, since, until }, { docker, simulated }: Fleet, { signal }) {
    const from = momentOf(since, 'since').at;
    const to = until === undefined ? new Date() : momentOf(until, 'until').at;
    const ask = { since: from, until: to, ...(name !== undefined && { container: name }) };
    const { found, missing } = await docker.across((one, call) => one.events(ask, call), {
      ...(host !== undefined && { hosts: [host] }),
      signal,
    });
    const { happenings, healthRuns } = foldEvents(found.flatMap(({ value }) => value.events));
    return {
      happenings: happenings.map((one) => ({ ...one, first: one.first.toISOString(), last: one.last.toISOString() })),
      healthRuns,
      from: from.toISOString(),
      to: to.toISOString(),
      forgot: found.flatMap(({ host: on, value: { events, total } }) => {
        const first = events[0]?.at;
        return total >= REMEMBERED && first ? [{ host: on, since: first.toISOString() }] : [];
      }),
      away: awayOf(missing),
      source: sourceOf(
        found.map((one) => one.host),
        simulated,
      ),
    };
  },
  render({ happenings, healthRuns, from, to, forgot, away, source }) {
    const lines = happenings.map(
      ({ host, kind, name, actions, last, trouble }) =>
        `${trouble ? '! ' : ''}${host} ${kind === 'container' ? '' : `${kind} `}${name}: ${actions.slice(0, 8).join(', ')}${actions.length > 8 ? ` and ${actions.length - 8} more kinds` : ''} · last ${last.slice(11, 19)}`,
    );
    return [
      span(new Date(from), new Date(to), 'UTC'),
      lines.length > 0
        ? fit(lines, MOST_TOKENS, { unit: 'things', next: 'host, name or a shorter since' })
        : 'Nothing is remembered of this time.',
      ...(healthRuns > 0 ? [`${healthRuns} runs inside containers (health checks, exec) are left out`] : []),
      ...forgot.map(({ host, since }) => `! ${host} remembers only back to ${since.slice(0, 19)}Z`),
      ...awayLines(away),
      sourceLine(source),
    ].join('\n');
  },
});
