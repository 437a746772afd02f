import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { zoned } from '@homelab/shared/render/time.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { inspect } from '../client/inspect.ts';
import { readQueries } from '../client/reading.ts';
import type { Query } from '../client/words.ts';
import { groupsOf, type Meant, meantDevice } from '../naming/device.ts';
import { domainName } from '../naming/domain.ts';
import { DomainText } from '../naming/params.ts';
import { settled } from '../overview/settled.ts';
import { explain, fixFor } from '../verdict/explained.ts';

const HITS = 3;
/** Who is in no list of clients is in group 0. */
const DEFAULT = [0];

/** Why a name is blocked or not, for a device, on every Pi-hole. */
export const dnsWhy = defineTool({
  name: 'dns_why',
  title: 'Why a site is blocked',
  description:
    'Why a domain is blocked or not, for one device or for most: the rule, list, regex or CNAME that decides on each Pi-hole, groups, last hits, a live question, and the call that would change it.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    domain: DomainText,
    client: z.string().min(1).max(100).optional().describe('Device: name, IP or MAC; most devices when absent'),
  }),
  output: z.object({
    domain: z.string(),
    asking: z.string(),
    candidates: z.array(z.string()).optional(),
    verdict: z.string(),
    piholes: z.array(z.object({ name: z.string(), outcome: z.string(), why: z.string(), idle: z.array(z.string()), live: z.string() })),
    hits: z.array(z.string()),
    fix: z.string().optional(),
  }),
  async handler({ domain: given, client }, fleet: Fleet, { signal }) {
    const { name: domain } = domainName(given);
    const each = await settled(fleet.nodes, (node) => inspect(node, domain, signal));
    const seen = each.flatMap(({ name, value }) => (value ? [{ name, value }] : []));
    const meant = client === undefined ? undefined : bestMeant(client, seen);
    if (meant && 'candidates' in meant)
      return {
        domain,
        asking: plain(client ?? '', 80),
        candidates: meant.candidates.map((one) => plain(one, 60)),
        verdict: '',
        piholes: [],
        hits: [],
      };
    const device = meant?.device;
    const explained = seen.map(({ name, value }) =>
      explain(name, domain, value, device ? groupsOf(device, value.tables.clients).groups : DEFAULT),
    );
    const outcomes = [...new Set(explained.map(({ outcome }) => outcome))];
    const groups = explained[0]?.groups ?? [];
    const asking = device
      ? `${plain(device.name, 60)} (${device.ips[0] ?? device.mac}; groups ${groups.map((one) => plain(one, 40)).join(', ') || 'none'})`
      : `devices in the Default group`;
    const hits = (await Promise.all(seen.map(({ name, value }) => hitsOf(fleet, name, domain, device?.ips, value.hits, signal))))
      .flat()
      // A question of our own a moment ago is no hit.
      .filter(({ at }) => Date.now() - at.getTime() > 2_000)
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, HITS);
    const fix = fixFor(domain, explained);
    return {
      domain,
      asking,
      verdict: outcomes.length === 1 ? (outcomes[0] ?? '') : 'the Pi-holes differ',
      piholes: [
        ...explained.map(({ name, outcome, why, idle, live }) => ({
          ...{ name, outcome, live: plain(live, 80), why: plain(why, 240), idle: idle.map((one) => plain(one, 120)) },
        })),
        ...each.flatMap(({ name, trouble }) => (trouble ? [{ name, outcome: 'not known', why: trouble, idle: [], live: '' }] : [])),
      ],
      hits: hits.map(
        ({ at, node, client: who, status, blocked }) =>
          `${zoned(at, fleet.options.zone)} ${plain(who.name || who.ip, 40)} ${blocked ? 'blocked' : 'answered'} (${status}) on ${node}`,
      ),
      ...(fix ? { fix: plain(fix, 400) } : {}),
    };
  },
  render({ domain, asking, candidates, verdict, piholes, hits, fix }) {
    if (candidates)
      return [
        `"${asking}" is no device, or several. Which one: ${candidates.join(', ') || 'none is known'}?`,
        'dns_devices lists them.',
      ].join('\n');
    const [first] = piholes;
    const same =
      first !== undefined && piholes.length > 1 && piholes.every(({ outcome, why }) => outcome === first.outcome && why === first.why);
    const idle = [...new Set(piholes.flatMap((one) => one.idle))];
    return [
      `${domain} for ${asking}: ${verdict.toUpperCase()}`,
      ...(same && first
        ? [`${piholes.map(({ name }) => name).join(' and ')}: ${first.why}`]
        : piholes.map(({ name, outcome, why }) => `${name}: ${outcome}: ${why}`)),
      ...(idle.length > 0 ? [`does not count: ${idle.join('; ')}`] : []),
      `live, asked from this server: ${piholes.map(({ name, live }) => `${name} ${live || 'not asked'}`).join(' · ')}`,
      ...(hits.length > 0 ? hits.map((hit) => `hit ${hit}`) : ['no hit in the logs of the last 24 h']),
      ...(fix ? [fix] : []),
    ].join('\n');
  },
});

const IPS = 3;

/** The newest questions on one Pi-hole: those of a device are asked for, so that none hides behind other devices' rows. */
async function hitsOf(
  fleet: Fleet,
  node: string,
  domain: string,
  ips: readonly string[] | undefined,
  all: readonly Query[],
  signal: AbortSignal,
) {
  const [one] = fleet.chosen(node);
  const rows =
    ips && one
      ? (await Promise.all(ips.slice(0, IPS).map((clientIp) => readQueries(one, { domain, clientIp, length: HITS }, signal)))).flatMap(
          (page) => page.rows,
        )
      : all;
  return rows.map((row) => ({ ...row, node }));
}

type Seen = { value: { devices: Parameters<typeof meantDevice>[1]; tables: { clients: Parameters<typeof meantDevice>[2] } } };

/** The first Pi-hole that knows the device: the backup sees few. */
function bestMeant(client: string, seen: readonly Seen[]): Meant {
  const all = seen.map(({ value }) => meantDevice(client, value.devices, value.tables.clients));
  return all.find((one) => 'device' in one) ?? all[0] ?? { candidates: [] };
}
