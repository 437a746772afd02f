import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { span, zoned } from '@homelab/shared/render/time.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { readQueries, readTables } from '../client/reading.ts';
import { cursorOf, type Places, placesOf } from '../log/cursor.ts';
import { fold } from '../log/folded.ts';
import { PiholeName } from '../naming/params.ts';
import { Since, since } from '../naming/since.ts';
import { settled } from '../overview/settled.ts';

const OUTCOMES = {
  any: {},
  blocked: { upstream: 'blocklist' },
  allowed: { upstream: 'permitted' },
  cached: { upstream: 'cache' },
} as const;

/** The query log of all Pi-holes as one. */
export const dnsQueryLog = defineTool({
  name: 'dns_query_log',
  title: 'Query log',
  description:
    'Who asked for what and what became of it, merged over the Pi-holes, newest first, same questions folded. Filter by domain or device (`*` is the wildcard), outcome and time.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    since: Since.default('15m'),
    domain: z.string().max(253).optional(),
    client: z.string().max(100).optional().describe('IP or name'),
    outcome: z.enum(['any', 'blocked', 'allowed', 'cached']).default('any'),
    pihole: PiholeName,
    limit: z.int().min(1).max(100).default(25),
    cursor: z.string().max(400).optional(),
  }),
  output: z.object({
    rows: z.array(z.object({ at: z.string(), count: z.int(), domain: z.string(), who: z.string(), what: z.string() })),
    shown: z.int(),
    total: z.int(),
    window: z.string(),
    trouble: z.array(z.string()),
    cursor: z.string().optional(),
  }),
  async handler({ since: back, domain, client, outcome, pihole, limit, cursor }, fleet: Fleet, { signal }) {
    const from = since(back);
    const places: Places = cursor === undefined ? {} : placesOf(cursor);
    const address = client !== undefined && /^[\d.*]+$|:/.test(client);
    const filter = {
      ...{ from, length: limit, ...OUTCOMES[outcome] },
      ...(domain === undefined ? {} : { domain: domain.toLowerCase() }),
      ...(client === undefined ? {} : address ? { clientIp: client } : { clientName: client }),
    };
    const each = await settled(fleet.chosen(pihole), async (node) => {
      const [at, start] = places[node.name] ?? [undefined, 0];
      const page = await readQueries(node, { ...filter, start, ...(at === undefined ? {} : { cursor: at }) }, signal);
      // Names of lists and rules only where a row needs one.
      const tables = page.rows.some((row) => row.list !== undefined || row.rule !== undefined) ? await readTables(node, signal) : undefined;
      return { ...page, start, tables };
    });
    const rows = each
      .flatMap(({ name, value }) => (value?.rows ?? []).map((row) => ({ ...row, node: name })))
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, limit);
    const tables = each.flatMap(({ value }) => value?.tables ?? []);
    const names = {
      list: (id: number) => {
        const list = tables.flatMap(({ lists }) => lists).find((one) => one.id === id);
        return list ? (list.comment ?? list.address) : `list ${id}`;
      },
      rule: (id: number) => tables.flatMap(({ rules }) => rules).find((one) => one.id === id)?.domain ?? `rule ${id}`,
    };
    const total = each.reduce((sum, { value }) => sum + (value?.total ?? 0), 0);
    const next: Places = {};
    let given = 0;
    for (const { name, value } of each) {
      if (!value) continue;
      const taken = value.start + rows.filter(({ node }) => node === name).length;
      given += taken;
      next[name] = [value.cursor, taken];
    }
    return {
      rows: fold(rows, names).map(({ newest, count, domain: asked, who, what }) => ({
        ...{
          at: zoned(newest, fleet.options.zone).slice(5, 19),
          count,
          domain: plain(asked, 100),
          who: plain(who, 40),
          what: plain(what, 80),
        },
      })),
      shown: rows.length,
      total,
      window: span(from, new Date(), fleet.options.zone),
      trouble: each.flatMap(({ name, trouble }) => (trouble ? [`${name}: ${trouble}`] : [])),
      ...(given < total && rows.length > 0 ? { cursor: cursorOf(next) } : {}),
    };
  },
  render({ rows, shown, total, window, trouble, cursor }) {
    const lines = rows.map(({ at, count, domain, who, what }) => `${at.slice(6)} ${domain} ${who} ${what}${count > 1 ? ` x${count}` : ''}`);
    return [
      `${window}: ${shown} of ${total} questions, newest first`,
      ...lines,
      ...trouble.map((text) => `NOT ASKED ${text}`),
      ...(total === 0 ? ['nothing matches; leave filters out one by one, or a longer `since`'] : []),
      ...(cursor ? [`older: cursor ${cursor}`] : []),
    ].join('\n');
  },
});
