import { Fault } from '@homelab/shared/faults.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { runGravity } from '../client/gravity-run.ts';
import { canaryOf, seenOnWire } from '../client/pause.ts';
import { readBlocking } from '../client/reading.ts';
import { PiholeName } from '../naming/params.ts';

/** Less than this part of the former count is a loss. */
const FEWEST = 0.8;

/** Fetches the lists anew, one Pi-hole after the other. */
export const dnsUpdateGravity = defineTool({
  name: 'dns_update_gravity',
  title: 'Update the lists (gravity)',
  description:
    'Fetches all lists anew, the backup first, one Pi-hole after the other, with progress. Complete only when proven: end seen, time moved, count kept, still blocking over DNS.',
  safety: 'write',
  deadline: 900_000,
  look: 'dns_lists',
  input: z.strictObject({ pihole: PiholeName }),
  output: z.object({ piholes: z.array(z.object({ name: z.string(), complete: z.boolean(), text: z.string() })) }),
  async effect({ pihole }, fleet: Fleet) {
    const names = fleet.chosen(pihole).map(({ name }) => name);
    return { targets: names, service: 'pihole', preview: `Fetch all lists anew on ${names.join(', then ')}.` };
  },
  async handler({ pihole }, fleet: Fleet, { signal, progress }) {
    const nodes = [...fleet.chosen(pihole)].reverse();
    const piholes = [];
    for (const [index, node] of nodes.entries()) {
      try {
        const { on } = await readBlocking(node, signal);
        const canary = on ? await canaryOf(fleet, node, signal) : undefined;
        let most = 0;
        const run = await runGravity(node, signal, (done, total, text) => {
          // A stage that comes twice must not make the progress fall.
          most = Math.max(most, done);
          progress(index * total + most, nodes.length * total, `${node.name}: ${text}`);
        });
        const blocks = canary === undefined ? undefined : await seenOnWire(fleet, node, canary, true, signal);
        const missing = [
          ...(run.done ? [] : ['it did not say that it is done']),
          ...(run.moved ? [] : ['the time of the last update did not move']),
          ...(run.after === undefined || run.after < (run.before ?? 0) * FEWEST
            ? [`the count fell from ${run.before ?? 'unknown'} to ${run.after ?? 'unknown'}`]
            : []),
          ...(blocks === false ? ['the name that was blocked before is answered now'] : []),
        ];
        const failed = run.lists.filter(({ ok }) => !ok).map(({ address }) => address);
        const wire = blocks ? 'blocking seen over DNS' : 'blocking not proven over DNS';
        const text = `${run.before ?? '?'} -> ${run.after ?? '?'} domains from ${run.lists.length} lists; ${wire}${failed.length > 0 ? `; NOT FETCHED: ${failed.join(', ')}` : ''}`;
        piholes.push({
          name: node.name,
          complete: missing.length === 0,
          text: plain(missing.length > 0 ? `${missing.join('; ')} (${text})` : text, 500),
        });
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        piholes.push({ name: node.name, complete: false, text: error.message });
        // The next one is the one that still answers: it is left as it is.
        for (const rest of nodes.slice(index + 1))
          piholes.push({ name: rest.name, complete: false, text: 'not begun, because the one before failed' });
        break;
      }
    }
    return { piholes };
  },
  render: ({ piholes }) =>
    piholes.map(({ name, complete, text }) => `${name}: ${complete ? 'complete' : 'NOT COMPLETE'} · ${text}`).join('\n'),
});
