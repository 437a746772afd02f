import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { ago, number } from '@homelab/shared/render/quantity.ts';
import { table } from '@homelab/shared/render/table.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { readSummary, readTables } from '../client/reading.ts';
import { settled } from '../overview/settled.ts';

const STATES: Record<number, string> = { 0: 'never fetched', 1: 'ok', 2: 'ok, unchanged', 3: 'FAILED, old copy used', 4: 'FAILED' };

/** Lists of all Pi-holes, and whether each can count. */
export const dnsLists = defineTool({
  name: 'dns_lists',
  title: 'Block and allow lists',
  description:
    'Lists of every Pi-hole: domains, age, state, groups, and whether one is effective or waits for gravity (dns_update_gravity).',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({}),
  output: z.object({
    lists: z.array(
      z.object({
        pihole: z.string(),
        id: z.int(),
        list: z.string(),
        domains: z.string(),
        age: z.string(),
        groups: z.string(),
        state: z.string(),
      }),
    ),
    trouble: z.array(z.string()),
  }),
  async handler(_input, fleet: Fleet, { signal }) {
    const each = await settled(fleet.nodes, async (node) => ({
      tables: await readTables(node, signal),
      summary: await readSummary(node, signal),
    }));
    const lists = each.flatMap(({ name, value }) =>
      (value?.tables.lists ?? []).map(({ id, type, address, comment, enabled, groups, updated, domains, status }) => {
        const ran = value?.summary.gravity.updated;
        const own = groups.map((one) => value?.tables.groups.find((group) => group.id === one)?.name ?? `${one}`);
        const idle = !enabled
          ? 'off'
          : own.length === 0
            ? 'NO GROUP, never counts'
            : updated === undefined || !ran
              ? 'WAITS for gravity'
              : (STATES[status] ?? `status ${status}`);
        return {
          ...{
            pihole: name,
            id,
            list: plain(`${type === 'allow' ? 'allow ' : ''}${comment ?? ''} ${address}`.trim(), 110),
            domains: number(domains),
          },
          ...{ age: updated ? ago(updated) : 'never', groups: plain(own.join(', '), 80), state: idle },
        };
      }),
    );
    return { lists, trouble: each.flatMap(({ name, trouble }) => (trouble ? [`NOT ASKED ${name}: ${trouble}`] : [])) };
  },
  render({ lists, trouble }) {
    return [table(lists, ['pihole', 'id', 'list', 'domains', 'age', 'groups', 'state'], { unit: 'lists' }), ...trouble].join('\n');
  },
});
