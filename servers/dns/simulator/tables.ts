import { domainToASCII, domainToUnicode } from 'node:url';
import { regexOf } from './decide.ts';
import { type Asked, empty, missing, objectOf, ok, type Reply, refuse } from './reply.ts';
import { type Client, type Group, type List, nowSeconds, type Rule, type Tables } from './state.ts';

/** What stands between a request and the tables: gravity may have the database. */
export interface Database {
  tables: Tables;
  /** `swap`: not there. `readonly`: no write takes. */
  state: 'ready' | 'swap' | 'readonly';
  names: (client: string) => string;
}

type Kind = 'domains' | 'lists' | 'groups' | 'clients';
type Row = Rule | List | Group | Client;

interface Selector {
  type?: string | undefined;
  kind?: string | undefined;
  item?: string | undefined;
}

const SPACES = 'Spaces, newlines and tabs are not allowed in domains and URLs';
const TYPE = 'Invalid request: Specify type parameter (should be either "allow" or "block")';
const UNIQUE: Record<Kind, string> = {
  domains: 'domainlist.domain, domainlist.type',
  lists: 'adlist.address, adlist.type',
  groups: 'group.name',
  clients: 'client.ip',
};
const FIELD: Record<Kind, string> = { domains: 'domain', lists: 'address', groups: 'name', clients: 'client' };

/** `/domains`, `/lists`, `/groups`, `/clients` as Pi-hole answers them, with its false 201s. */
export function tableReply(base: Database, kind: Kind, asked: Asked): Reply {
  const [, ...rest] = asked.parts;
  const select = selectorOf(kind, rest, asked.query);
  if (asked.method === 'GET') {
    if (base.state === 'swap') return gone(kind);
    return ok({ [kind]: find(base, kind, select).map((row) => shown(base, kind, row)) });
  }
  if (kind === 'lists' && select.type === undefined) return refuse(400, 'bad_request', TYPE);
  if (asked.method === 'DELETE') return remove(base, kind, select);
  const read = objectOf(asked);
  if ('refused' in read) return read.refused;
  return write(base, kind, select, read.value, asked);
}

/** `POST /domains:batchDelete` and the like: 404 only when nothing at all was there. */
export function batchDelete(base: Database, kind: Kind, asked: Asked): Reply {
  if (!Array.isArray(asked.body)) return refuse(400, 'bad_request', 'Invalid request body data (no valid JSON), error at hint', '');
  const items = asked.body as Selector[];
  return items.filter((item) => remove(base, kind, item).status === 204).length > 0 ? empty() : missing();
}

function selectorOf(kind: Kind, rest: readonly string[], query: URLSearchParams): Selector {
  if (kind === 'domains') return { type: rest[0], kind: rest[1], item: rest[2] };
  if (kind === 'lists') return { type: query.get('type') ?? undefined, item: rest[0] };
  return { item: rest[0] };
}

function rowsOf(tables: Tables, kind: Kind): Row[] {
  return kind === 'domains' ? tables.rules : tables[kind];
}

function keyOf(kind: Kind, row: Row): string {
  return (row as unknown as Record<string, string>)[FIELD[kind]] as string;
}

function find({ tables }: Database, kind: Kind, { type, kind: sort, item }: Selector): Row[] {
  const wanted = item === undefined ? undefined : canonical(kind, sort, item);
  return rowsOf(tables, kind).filter(
    (row) =>
      (type === undefined || !('type' in row) || row.type === type) &&
      (sort === undefined || !('kind' in row) || row.kind === sort) &&
      (wanted === undefined || keyOf(kind, row) === wanted),
  );
}

function remove(base: Database, kind: Kind, select: Selector): Reply {
  const found = find(base, kind, select);
  const { tables } = base;
  if (base.state === 'swap') return gone(kind);
  if (found.length === 0 || select.item === undefined) return missing();
  const rows = rowsOf(tables, kind);
  for (const row of found) rows.splice(rows.indexOf(row), 1);
  if (kind === 'groups')
    for (const row of [...tables.rules, ...tables.lists, ...tables.clients])
      row.groups = row.groups.filter((id) => !found.some((group) => group.id === id));
  return empty();
}

function gone(kind: Kind): Reply {
  return refuse(400, 'database_error', `Could not read ${kind} from database table`, 'Database not available');
}

function write(base: Database, kind: Kind, select: Selector, body: Record<string, unknown>, asked: Asked): Reply {
  const put = asked.method === 'PUT';
  const given = put ? (select.item ?? '') : body[FIELD[kind]];
  const items = (Array.isArray(given) ? given : [given]).map((one) => String(one ?? ''));
  const location = `/api/${kind}${kind === 'domains' ? `/${select.type}/${select.kind}` : ''}/${items.at(-1)}`;
  const refused = (key: string, message: string, hint: string) => refuse(400, key, message, hint, { location });
  if (base.state === 'swap') return { ...gone(kind), location };
  for (const item of items) {
    if (/\s/.test(item)) return refused('bad_request', SPACES, item);
    if (kind !== 'domains') continue;
    if (select.kind === 'regex' && !regexOf(item)) return refused('regex_error', 'Regex validation failed', "Missing ')'");
    if (select.kind === 'exact' && !/^[^/:@]{1,253}$/.test(item)) return refused('bad_request', 'Invalid domain', item);
  }
  const errors: { item: string; error: string }[] = [];
  const success: { item: string }[] = [];
  let last: string | undefined;
  for (const each of items) {
    const item = canonical(kind, select.kind, each);
    const error = base.state === 'readonly' ? 'attempt to write a readonly database' : writeOne(base, kind, select, item, body, put);
    if (error) errors.push({ item, error });
    else success.push({ item });
    if (!error || base.state === 'ready') last = error && last ? last : item;
  }
  const row = last === undefined ? [] : find(base, kind, { ...select, item: last });
  const answer = { [kind]: row.map((one) => shown(base, kind, one)), processed: { errors, success } };
  return ok(answer, put ? 200 : 201, { location });
}

/** Writes one row; gives SQLite's error. */
function writeOne({ tables, names }: Database, kind: Kind, select: Selector, item: string, body: Record<string, unknown>, put: boolean) {
  const rows = rowsOf(tables, kind);
  const type = (put && typeof body.type === 'string' ? body.type : select.type) as never;
  const sort = (put && typeof body.kind === 'string' ? body.kind : select.kind) as never;
  const same = find({ tables, state: 'ready', names }, kind, { type, kind: kind === 'domains' ? sort : undefined, item })[0];
  if (same && !put) return `UNIQUE constraint failed: ${UNIQUE[kind]}`;
  const now = nowSeconds();
  const given = Array.isArray(body.groups) ? (body.groups as number[]) : undefined;
  const known = given?.filter((id) => tables.groups.some((group) => group.id === id));
  const id = Math.max(0, ...rows.map((row) => row.id)) + 1;
  const target = same ?? ({ id, added: now, groups: [0] } as unknown as Row);
  Object.assign(target, {
    comment: typeof body.comment === 'string' ? body.comment : null,
    modified: now,
    ...(kind === 'clients' ? {} : { enabled: typeof body.enabled === 'boolean' ? body.enabled : true }),
  });
  if (kind === 'groups') {
    delete (target as { groups?: unknown }).groups;
    (target as Group).name = put && typeof body.name === 'string' ? body.name : item;
  } else if (known) (target as Rule).groups = known.length === given?.length ? known : [];
  if (!same) {
    if (kind === 'domains') Object.assign(target, { domain: item, type, kind: sort });
    if (kind === 'lists') Object.assign(target, { address: item, type, updated: 0, number: 0, abp: 0, status: 0 });
    if (kind === 'clients') Object.assign(target, { client: item, name: names(item) });
    rows.push(target);
  }
  return known && known.length !== given?.length ? 'FOREIGN KEY constraint failed' : undefined;
}

function canonical(kind: Kind, sort: string | undefined, item: string): string {
  if (kind !== 'domains' || sort === 'regex') return item;
  return domainToASCII(item) || item.toLowerCase();
}

function shown({ names }: Database, kind: Kind, row: Row): object {
  const times = { date_added: row.added, date_modified: row.modified };
  if (kind === 'groups') {
    const { name, comment, enabled, id } = row as Group;
    return { name, comment, enabled, id, ...times };
  }
  if (kind === 'clients') {
    const { client, comment, groups, id } = row as Client;
    return { client, name: names(client), comment, groups, id, ...times };
  }
  if (kind === 'lists') return shownList(row as List);
  const { domain, type, kind: sort, comment, groups, enabled, id } = row as Rule;
  return { domain, unicode: sort === 'exact' ? domainToUnicode(domain) : domain, type, kind: sort, comment, groups, enabled, id, ...times };
}

/** A list as `/lists` and `/search` show it. */
export function shownList({ address, comment, groups, enabled, id, added, modified, type, updated, number, abp, status }: List) {
  return {
    ...{ address, comment, groups, enabled, id, date_added: added, date_modified: modified, type },
    ...{ date_updated: updated, number, invalid_domains: 0, abp_entries: abp, status },
  };
}
