import { setTimeout as pause } from 'node:timers/promises';
import { devicesReply, infoReply, logsReply, messagesReply, networkReply, suggestedClientsReply } from './information.ts';
import { endpointsReply, paddReply } from './padd.ts';
import type { Pihole } from './pihole.ts';
import { isBlocked, queriesReply, suggestionsReply } from './query-log.ts';
import { type Asked, ok, type Reply, refuse } from './reply.ts';
import { searchReply } from './search.ts';
import { settingsReply } from './settings.ts';
import { historyReply, longTermReply, statsReply, summaryReply } from './statistics.ts';
import { batchDelete, tableReply } from './tables.ts';

const TABLES = ['domains', 'lists', 'groups', 'clients'] as const;
type Table = (typeof TABLES)[number];
const isTable = (word: string): word is Table => TABLES.includes(word as Table);

/** The answer to one request, as v6 gives it. */
export async function answer(pihole: Pihole, asked: Asked): Promise<Reply> {
  const { sessions } = pihole;
  const [first = '', second] = asked.parts;
  const call = `${asked.method} ${first}`;
  if (asked.path === '/auth') {
    if (asked.method === 'GET') return sessions.status(asked);
    if (asked.method === 'POST') return sessions.login(asked);
    if (asked.method === 'DELETE') return sessions.logout(asked);
  }
  if (asked.path === '/info/login' && asked.method === 'GET') return ok({ dns: true, https_port: 443 });
  const allowed = sessions.allow(asked);
  if (!allowed) return refuse(401, 'unauthorized', 'Unauthorized');
  const app = 'seat' in allowed && allowed.seat.app;
  if (isTable(first) || first === 'search') return reading(pihole, () => tables(pihole, first, asked));
  if (first.endsWith(':batchDelete')) {
    const kind = first.slice(0, -':batchDelete'.length);
    if (isTable(kind) && asked.method === 'POST') return batchDelete(pihole.base, kind, asked);
  }
  if (asked.path === '/dns/blocking' && asked.method === 'GET') return pihole.blocking.get();
  if (asked.path === '/dns/blocking' && asked.method === 'POST') return pihole.blocking.post(asked);
  if (first === 'config') return settingsReply(settable(pihole), asked, !app || (pihole.options.appSudo ?? false));
  if (call === 'POST action') return action(pihole, asked.parts.slice(1).join('/'));
  if (call === 'POST teleporter') return ok({ files: imported() });
  const read = asked.method === 'GET' ? reads(pihole, asked) : undefined;
  if (read) return read;
  if (call === 'DELETE auth' && second === 'session') return sessions.remove(Number(asked.parts[2]));
  if (call === 'DELETE info' && second === 'messages') return messagesReply(pihole.known(), 'DELETE', asked.parts[2]);
  return refuse(404, 'not_found', 'Not found', `/api${asked.path}`);
}

/** One table read at a time, or 6.4.1 is gone. */
async function reading(pihole: Pihole, read: () => Reply): Promise<Reply> {
  if (pihole.reading > 0 && (pihole.options.version ?? '6.4.1') === '6.4.1') pihole.crash();
  pihole.reading += 1;
  try {
    await pause(pihole.options.readMs ?? 1);
    return read();
  } finally {
    pihole.reading -= 1;
  }
}

function tables(pihole: Pihole, first: Table | 'search', asked: Asked): Reply {
  if (first === 'search') return searchReply(pihole.base.tables, pihole.tree, asked);
  if (first === 'clients' && asked.parts[1] === '_suggestions') return suggestedClientsReply(pihole.known());
  return tableReply(pihole.base, first, asked);
}

function settable(pihole: Pihole) {
  return {
    tree: () => pihole.settings(),
    hosts: pihole.hosts,
    cnames: pihole.cnames,
    setBlocking: (active: boolean) => {
      pihole.blocking.forget();
      pihole.blocking.active = active;
    },
    // After its answer is out.
    restart: () => void setTimeout(() => void pihole.restart(), 20),
  };
}

function action(pihole: Pihole, name: string): Reply {
  const destructive = pihole.options.allowDestructive ?? true;
  if (name === 'gravity') return pihole.gravityReply();
  if (!destructive) {
    const what = name === 'restartdns' ? 'Restarting DNS' : 'Flushing';
    return refuse(403, 'forbidden', `${what} is not allowed`, 'Check setting webserver.api.allow_destructive');
  }
  if (name === 'restartdns') setTimeout(() => void pihole.restart(), 20);
  else if (name === 'flush/logs') {
    pihole.uniqueBefore = new Set(pihole.recent().map(({ domain }) => domain)).size;
    pihole.queries.splice(0);
  } else if (name !== 'flush/arp' && name !== 'flush/network') return refuse(404, 'not_found', 'Not found', `/api/action/${name}`);
  return ok({ status: 'success' });
}

function reads(pihole: Pihole, asked: Asked): Reply | undefined {
  const [first, second = '', third] = asked.parts;
  const rows = pihole.recent();
  const figures = { rows, gravity: pihole.tree, uniqueBefore: pihole.uniqueBefore };
  const known = pihole.known();
  if (asked.path === '/auth/sessions') return pihole.sessions.list(asked);
  if (asked.path === '/auth/app') return ok({ app: { password: 'simulated-app-password', hash: '$BALLOON-SHA256$v=1$simulated-app' } });
  if (asked.path === '/auth/totp') {
    const totp = { type: 'totp', account: 'pi.hole', issuer: 'Pi-hole API', algorithm: 'SHA1', digits: 6, period: 30, offset: 0 };
    return ok({ totp: { ...totp, secret: 'SIMULATED', codes: [1, 2, 3] } });
  }
  if (first === 'stats')
    return second === 'summary'
      ? summaryReply(figures)
      : second === 'database'
        ? longTermReply(third ?? '', pihole.queries, asked)
        : statsReply(second, figures, asked);
  if (first === 'history') return historyReply(asked.parts, figures, pihole.queries, asked);
  if (asked.path === '/queries') return queriesReply(pihole.queries, asked, pihole.options.diskLag ?? 60, pihole.nextQuery);
  if (asked.path === '/queries/suggestions') return suggestionsReply(rows);
  if (asked.path === '/info/client')
    return ok({
      ...{ remote_addr: asked.remote, http_version: '1.1', method: 'GET' },
      headers: Object.entries(asked.headers).map(([name, value]) => ({ name, value: String(value) })),
    });
  if (first === 'info') return second === 'messages' ? messagesReply(known, 'GET', third) : infoReply(second, known);
  if (asked.path === '/network/devices') return devicesReply(known, asked.query);
  if (first === 'network') return networkReply(second, known);
  if (first === 'logs') return logsReply(second, known, asked.query);
  if (asked.path === '/dhcp/leases') return ok({ leases: [] });
  if (asked.path === '/padd') return paddReply(known, { total: rows.length, blocked: rows.filter(isBlocked).length });
  if (asked.path === '/endpoints') return endpointsReply();
  if (asked.path === '/teleporter')
    return { status: 200, type: 'application/zip', disposition: `attachment; filename="pi-hole_${pihole.options.name}_teleporter.zip"` };
  return undefined;
}

function imported(): string[] {
  const tables = ['group', 'adlist', 'adlist_by_group', 'domainlist', 'domainlist_by_group', 'client', 'client_by_group'];
  return tables.map((table) => `etc/pihole/gravity.db->${table}`);
}
