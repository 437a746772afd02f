import { CNAMES, NAMES, RULES } from '@homelab/shared/lab/dns-catalogue.ts';
import { CLIENTS, GROUPS } from '@homelab/shared/lab/dns-clients.ts';
import type { DnsQuery } from '@homelab/shared/lab/dns-queries.ts';
import type { Role } from '@homelab/shared/lab/dns-state.ts';
import type { Lab } from '@homelab/shared/lab/lab.ts';
import { listIdOf } from './decide.ts';
import type { Device, ListContent, QueryRow, Seed } from './state.ts';

const DAY = 86_400_000;
const seconds = (ms: number): number => Math.floor(ms / 1000);

/** One of the lab's two Pi-holes as it stands now: its lists, rules, devices, the questions of a day and the last gravity run. */
export function labSeed(lab: Lab, role: Role): Seed {
  const ids = new Map(GROUPS.map(({ id, name }) => [name as string, id as number]));
  const groupIds = (names: readonly string[]): number[] => names.flatMap((name) => ids.get(name) ?? []);
  const then = seconds(lab.now - 400 * DAY);
  const gravity = lab.dns.gravity(role);
  const lists = lab.dns.lists(role);
  const held = new Map(lab.dns.lists('primary').map((list) => [list.address, contentOf(list.address, list.domains)]));
  return {
    tables: {
      groups: GROUPS.map(({ id, name, comment }) => ({ id, name, comment, enabled: true, added: then, modified: then })),
      rules: RULES.map(({ addedDaysAgo, groups, ...rule }) => {
        const added = seconds(lab.now - addedDaysAgo * DAY);
        return { ...rule, groups: groupIds(groups), added, modified: added };
      }),
      lists: lists.map(({ id, address, type, comment, groups, domains, enabled, added, updated }) => ({
        ...{ id, address, type, comment, groups: groupIds(groups), enabled, added: seconds(added), modified: seconds(added) },
        ...{ updated: seconds(updated), number: domains, abp: 0, status: 1 },
      })),
      clients: CLIENTS.filter(({ groups }) => groups.some((name) => name !== 'Default')).map(({ name, address, groups }, index) => ({
        ...{ id: index + 1, client: address, name, comment: name, groups: groupIds(groups), added: then, modified: then },
      })),
    },
    lists: (address) => held.get(address),
    queries: [...lab.dns.queries(lab.now - DAY, lab.now, { role })].map(rowOf),
    devices: CLIENTS.map((client, index) => deviceOf(client, index, lab.now)),
    messages:
      role === 'primary'
        ? [
            {
              id: 1,
              timestamp: seconds(lab.story.seatsFull),
              type: 'LOAD',
              plain: 'Long-term load (15min avg) larger than number of processors: 4.3 > 4',
            },
          ]
        : [],
    upstream(name) {
      const known = NAMES.find((one) => one.name === name);
      return known && (known.cname ? { cname: known.cname } : { address: known.answer });
    },
    hosts: (lab.inventory.network?.value.dns?.records ?? []).map(({ name, address }) => `${address} ${name}`),
    cnames: CNAMES.map(({ name, target }) => `${name},${target}`),
    gravity: { updated: seconds(gravity.updated) },
  };
}

/** The names behind an address; what only points to a listed name is on no list itself. */
function contentOf(address: string, number: number): ListContent {
  return { domains: NAMES.filter(({ lists, cname }) => !cname && lists?.includes(address)).map(({ name }) => name), number };
}

function rowOf({ time, client, domain, type, status, reply, replyMs, upstream, listId, ruleId, cname }: DnsQuery, id: number): QueryRow {
  return {
    ...{ id, time: time / 1000, type, status, domain, upstream: upstream ?? null, reply, took: replyMs / 1000 },
    client: { ip: client.address, name: client.name },
    listId: listId === undefined ? (ruleId ?? null) : listIdOf(listId),
    cname: cname ?? null,
  };
}

function deviceOf({ name, address, mac, vendor, daily, asleep }: (typeof CLIENTS)[number], index: number, now: number): Device {
  const last = asleep ? seconds(now - DAY) : seconds(now - 40_000);
  const seen = { firstSeen: seconds(now - 14 * DAY), lastQuery: last, numQueries: daily * 14 };
  return { id: index + 1, hwaddr: mac, interface: 'eth0', ...seen, macVendor: vendor, ips: [{ ip: address, name }] };
}
