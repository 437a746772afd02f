import { Fault } from '@homelab/shared/faults.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { duration } from '@homelab/shared/render/quantity.ts';
import { zoned } from '@homelab/shared/render/time.ts';
import { z } from 'zod';
import { everywhere } from '../client/everywhere.ts';
import type { Fleet } from '../client/fleet.ts';
import type { Node } from '../client/node.ts';
import { canaryOf, promiseOn, seenOnWire } from '../client/pause.ts';
import { readBlocking } from '../client/reading.ts';
import { blockingId } from '../client/watch.ts';
import { setBlocking } from '../client/writing.ts';
import { PiholeName } from '../naming/params.ts';

const Input = z.strictObject({
  on: z.boolean(),
  minutes: z.number().min(0.1).max(1440).optional().describe('How long it stays off; needed with `on: false`'),
  permanent: z.boolean().default(false).describe('Off without an end'),
  pihole: PiholeName,
});

/** Pauses ad blocking, or ends a pause. */
export const dnsSetBlocking = defineTool({
  name: 'dns_set_blocking',
  title: 'Turn ad blocking on or off',
  description:
    'Pauses ad blocking for some minutes on every Pi-hole, or turns it on. It comes back by itself, also when a Pi-hole or this server restarts. For one device use dns_client_assign.',
  safety: { least: 'write', most: 'disruptive', of: ({ on, permanent }) => (!on && permanent ? 'disruptive' : 'write') },
  idempotent: true,
  look: 'dns_overview',
  input: Input,
  output: z.object({
    all: z.boolean(),
    piholes: z.array(z.object({ name: z.string(), before: z.string(), after: z.string(), wire: z.string() })),
    until: z.string().optional(),
    on: z.boolean(),
    note: z.string().optional(),
  }),
  async effect(input, fleet: Fleet) {
    check(input);
    const nodes = fleet.chosen(input.pihole);
    const how = input.on ? 'on' : input.permanent ? 'off without an end' : `off for ${duration((input.minutes ?? 0) * 60_000)}`;
    return {
      targets: nodes.map(({ name }) => name),
      service: 'pihole',
      preview: `Turn ad blocking ${how} on ${nodes.map(({ name }) => name).join(', ')}.`,
    };
  },
  async handler(input, fleet: Fleet, { signal }) {
    check(input);
    const { on, minutes, permanent } = input;
    const nodes = fleet.chosen(input.pihole);
    const seconds = on || permanent ? undefined : Math.max(1, Math.round((minutes ?? 0) * 60));
    const until = seconds === undefined ? undefined : Date.now() + seconds * 1000;
    const ids = nodes.map(({ name }) => blockingId(name));
    const canaries = new Map(
      await Promise.all(nodes.map(async (node) => [node.name, await canaryOf(fleet, node, signal).catch(() => undefined)] as const)),
    );
    if (until !== undefined) await promiseOn(fleet, nodes, until, signal);
    const change = async (node: Node) => {
      const before = await readBlocking(node, signal);
      return { before, after: await setBlocking(node, on, seconds, signal) };
    };
    // Protection that came back is not taken away again because another Pi-hole is away.
    const undo = async (node: Node) => (on ? undefined : setBlocking(node, true, undefined, signal));
    const { all, each } = await everywhere(nodes, change, undo).catch((error) => {
      // Refused is refused; where an answer was lost it may be off, and must come back.
      if (until !== undefined && error instanceof Fault && error.code === 'denied') fleet.watch.drop(ids);
      throw error;
    });
    if (on || permanent) fleet.watch.drop(ids);
    // One that could not be told comes back on as soon as it is there.
    const away = each.filter(({ trouble }) => trouble !== undefined).map(({ name }) => name);
    if (on && away.length > 0)
      fleet.watch.add(away.map((name) => ({ id: blockingId(name), node: name, kind: 'blocking', until: Date.now(), about: {} })));
    const piholes = await Promise.all(
      each.map(async ({ name, value, trouble, back }) => {
        const [node] = fleet.chosen(name);
        const canary = canaries.get(name) ?? fleet.options.canary;
        const wanted = on || back === 'put back';
        const seen = value && node && canary ? await seenOnWire(fleet, node, canary, wanted, signal) : undefined;
        return {
          name,
          before: value ? words(value.before) : 'not known',
          after: trouble ? `FAILED: ${trouble}` : back ? `on again, ${back}` : value ? words(value.after) : 'not known',
          wire:
            seen === true
              ? `seen over DNS with ${canary}`
              : seen === false
                ? `NOT yet seen over DNS with ${canary}`
                : 'not proven over DNS',
        };
      }),
    );
    return {
      ...{ all, piholes, on },
      ...(until !== undefined && all ? { until: zoned(new Date(until), fleet.options.zone) } : {}),
      ...(fleet.options.sync && until !== undefined && all
        ? {
            note: `A run of ${fleet.options.sync} in between would copy the pause to the backup without its end; this server turns it on again.`,
          }
        : {}),
    };
  },
  render({ all, piholes, until, on, note }) {
    return [
      all
        ? `Ad blocking is ${on ? 'on' : 'off'}${until ? ` until ${until}, then it comes back by itself` : ''}.`
        : `NOT DONE everywhere${on ? '' : ', so it was put back'}:`,
      ...piholes.map(({ name, before, after, wire }) => `${name}: ${before} -> ${after}; ${wire}`),
      ...(note ? [note] : []),
      ...(on || !all ? [] : ['undo: dns_set_blocking {"on":true}']),
    ].join('\n');
  },
});

function check({ on, minutes, permanent }: z.output<typeof Input>): void {
  if (!on && minutes === undefined && !permanent)
    throw new Fault('invalid_input', 'How long blocking stays off must be said.', {
      hint: 'Give `minutes`, or `permanent: true` for good.',
    });
  if (minutes !== undefined && (on || permanent))
    throw new Fault('invalid_input', 'Minutes go only with a pause.', {
      hint: 'Leave out `minutes`, or give `on: false` without `permanent`.',
    });
}

function words({ on, seconds }: { on: boolean; seconds: number | undefined }): string {
  return on ? 'on' : seconds === undefined ? 'off' : `off, back in ${duration(seconds * 1000)}`;
}
