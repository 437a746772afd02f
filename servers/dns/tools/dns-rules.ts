import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { table } from '@homelab/shared/render/table.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { readTables } from '../client/reading.ts';
import { settled } from '../overview/settled.ts';

/** Rules of all Pi-holes side by side. */
export const dnsRules = defineTool({
  name: 'dns_rules',
  title: 'Allow and block rules',
  description:
    'Allow and block rules with groups, comment and where they are; also the groups there are. `match` is a part of the domain or comment.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({ match: z.string().max(100).optional(), limit: z.int().min(1).max(200).default(40) }),
  output: z.object({
    rules: z.array(
      z.object({ action: z.string(), kind: z.string(), domain: z.string(), groups: z.string(), on: z.string(), comment: z.string() }),
    ),
    total: z.int(),
    limit: z.int(),
    groups: z.array(z.string()),
    trouble: z.array(z.string()),
  }),
  async handler({ match, limit }, fleet: Fleet, { signal }) {
    const each = await settled(fleet.nodes, (node) => readTables(node, signal));
    const seen = each.flatMap(({ name, value }) => (value ? [{ name, ...value }] : []));
    const rows = new Map<string, { action: string; kind: string; domain: string; groups: string; names: string[]; comment: string }>();
    for (const { name, rules, groups } of seen)
      for (const rule of rules) {
        const own = rule.groups.map((id) => groups.find((group) => group.id === id)?.name ?? `${id}`).join(', ') || 'NONE: never counts';
        const key = `${rule.type} ${rule.kind} ${rule.domain} ${own} ${rule.enabled}`;
        const row = rows.get(key) ?? {
          ...{
            action: `${rule.type === 'deny' ? 'block' : 'allow'}${rule.enabled ? '' : ' (off)'}`,
            kind: rule.kind,
            domain: plain(rule.domain, 120),
          },
          ...{ groups: plain(own, 80), names: [], comment: plain(rule.comment ?? '', 80) },
        };
        row.names.push(name);
        rows.set(key, row);
      }
    const wanted = match?.toLowerCase() ?? '';
    const found = [...rows.values()].filter(({ domain, comment }) => domain.includes(wanted) || comment.toLowerCase().includes(wanted));
    return {
      rules: found
        .slice(0, limit)
        .map(({ names, ...row }) => ({ ...row, on: names.length === seen.length ? 'all' : `ONLY ${names.join(', ')}` })),
      ...{ total: found.length, limit },
      groups: [...new Set(seen.flatMap(({ groups }) => groups.map(({ name, enabled }) => `${plain(name, 40)}${enabled ? '' : ' (off)'}`)))],
      trouble: each.flatMap(({ name, trouble }) => (trouble ? [`NOT ASKED ${name}: ${trouble}`] : [])),
    };
  },
  render({ rules, total, groups, trouble }) {
    const next = 'a longer `limit` or a `match`';
    return [
      table(rules, ['action', 'kind', 'domain', 'groups', 'on', 'comment'], { unit: 'rules', total, next }),
      `groups: ${groups.join(', ')}`,
      ...trouble,
    ].join('\n');
  },
});
