import { isIP } from 'node:net';
import { type Asked, empty, missing, objectOf, ok, type Reply, refuse } from './reply.ts';
import { detailed, partOf } from './settings-tree.ts';

/** What the routes of `/config` may change. */
export interface Settable {
  tree: () => object;
  hosts: string[];
  cnames: string[];
  setBlocking: (active: boolean) => void;
  restart: () => void;
}

/** `/config`: reads, the two arrays of local records, and the merge that a sync makes. */
export function settingsReply(settable: Settable, asked: Asked, mayWrite: boolean): Reply {
  const path = asked.parts.slice(1);
  if (asked.method === 'GET') {
    const part = partOf(settable.tree(), path);
    if (asked.query.get('detailed') !== 'true') return ok({ config: part });
    const servers = [{ name: 'simulated', v4: ['192.0.2.1'], v6: ['2001:db8::1'] }];
    return ok({
      topics: ['dns', 'dhcp'].map((name) => ({ name, title: name.toUpperCase(), description: 'simulated' })),
      dns_servers: servers,
      config: detailed(part) as object,
    });
  }
  if (!mayWrite)
    return refuse(
      403,
      'forbidden',
      'Unable to change configuration (read-only)',
      'The current app session is not allowed to modify Pi-hole config settings (webserver.api.app_sudo is false)',
    );
  if (asked.method === 'PATCH') return patch(settable, asked);
  const list = path[1] === 'hosts' ? settable.hosts : path[1] === 'cnameRecords' ? settable.cnames : undefined;
  const value = path[2];
  if (path[0] !== 'dns' || !list || value === undefined) return refuse(400, 'bad_request', 'Invalid path');
  return asked.method === 'PUT' ? add(settable, list, path[1] ?? '', value, asked) : take(settable, list, value, asked);
}

function add(settable: Settable, list: string[], key: string, value: string, asked: Asked): Reply {
  if (list.includes(value)) return refuse(400, 'bad_request', 'Item already present', 'Uniqueness of items is enforced');
  const address = value.split(' ')[0] ?? '';
  if (key === 'hosts' && isIP(address) === 0)
    return refuse(400, 'bad_request', 'Invalid value', `dns.hosts[${list.length}]: neither a valid IPv4 nor IPv6 address ("${address}")`);
  list.push(value);
  if (key === 'cnameRecords' && asked.query.get('restart') !== 'false') settable.restart();
  return ok({}, 201);
}

function take(settable: Settable, list: string[], value: string, asked: Asked): Reply {
  if (!list.includes(value)) return missing();
  list.splice(list.indexOf(value), 1);
  if (list === settable.cnames && asked.query.get('restart') !== 'false') settable.restart();
  return empty();
}

function patch(settable: Settable, asked: Asked): Reply {
  const read = objectOf(asked);
  if ('refused' in read) return read.refused;
  const dns = (read.value.config as { dns?: Record<string, unknown> } | undefined)?.dns ?? {};
  const size = (dns.cache as { size?: unknown } | undefined)?.size;
  if (size !== undefined && typeof size !== 'number')
    return refuse(400, 'bad_request', 'Config item is invalid', 'dns.cache.size: not of type unsigned integer');
  const active = (dns.blocking as { active?: unknown } | undefined)?.active;
  if (typeof active === 'boolean') settable.setBlocking(active);
  return ok({ config: settable.tree() });
}
