import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import { LabSource, labLine, labSourceOf } from '../documents/lab-source.ts';
import { describe } from '../lookup/describe.ts';
import { find } from '../lookup/find.ts';
import { placeText, some } from '../lookup/words.ts';

const SHOWN = 10;
const IN_DETAIL = 4;

/** Tells what a name stands for. */
export const inventoryFind = defineTool({
  name: 'inventory_find',
  title: 'What is this name, address, port or path',
  description:
    'What runs where: finds hosts, services and networks by name, alias, IP, IP:port, domain, MAC, container, image or path. Ask it first.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({ query: z.string().trim().min(1).max(300) }),
  output: z.object({
    matches: z.array(
      z.object({ kind: z.string(), name: z.string(), why: z.array(z.string()), about: z.array(z.string()), place: z.string() }),
    ),
    total: z.int(),
    /** What shares a word with the matches only. */
    aside: z.array(z.object({ why: z.string(), names: z.array(z.string()) })),
    unmatched: z.array(z.string()),
    nearest: z.array(z.string()),
    source: LabSource,
  }),
  async handler({ query }, { repository, lab }: Homelab) {
    const known = lab();
    const { matches: all, unmatched, nearest } = find(known.inventory, query);
    const matches = all.filter(({ aside }) => !aside);
    const aside = Map.groupBy(
      all.filter((match) => match.aside),
      ({ why }) => why[0] ?? '',
    );
    const shown = matches.slice(0, SHOWN);
    return {
      matches: shown.map(({ subject, why, at }) => ({
        kind: subject.kind,
        name: plain(subject.name, 80),
        why: why.map((one) => plain(one, 120)),
        about: describe(known.inventory, subject, shown.length <= IN_DETAIL).map((line) => plain(line, 400)),
        place: placeText(at ?? subject.place),
      })),
      total: matches.length,
      aside: [...aside].map(([why, some]) => ({ why: plain(why, 120), names: some.map(({ subject }) => plain(subject.name, 80)) })),
      unmatched: unmatched.map((part) => plain(part, 80)),
      nearest: nearest.map((name) => plain(name, 80)),
      source: labSourceOf(repository, known),
    };
  },
  render({ matches, total, aside, unmatched, nearest, source }) {
    const lines = matches.map(({ kind, name, why, about, place }) => {
      const by = why.length === 1 && why[0] === 'name' ? [] : [`by ${some(why, 3)}`];
      return `${name} · ${[kind, ...about, ...by, place].join(' · ')}`;
    });
    for (const { why, names } of aside) lines.push(`also ${why}: ${some(names, 12)}`);
    if (total === 0) lines.push(`Nothing in the inventory is called that${unmatched.length > 1 ? `: ${unmatched.join(', ')}` : ''}.`);
    else if (unmatched.length > 0) lines.push(`Matched nothing: ${unmatched.join(', ')}.`);
    if (nearest.length > 0) lines.push(`Did you mean: ${nearest.join(', ')}?`);
    else if (total === 0) lines.push('inventory_list shows what there is; docs_search looks in all text.');
    if (total > matches.length) lines.push(`${matches.length} of ${total}; the rest: inventory_list with \`text\``);
    return [...lines, labLine(source)].join('\n');
  },
});
