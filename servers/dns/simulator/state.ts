/** The rows of one Pi-hole's gravity database; times in whole seconds. */
export interface Group {
  id: number;
  name: string;
  comment: string | null;
  enabled: boolean;
  added: number;
  modified: number;
}

export interface Rule {
  id: number;
  domain: string;
  type: 'allow' | 'deny';
  kind: 'exact' | 'regex';
  comment: string | null;
  groups: number[];
  enabled: boolean;
  added: number;
  modified: number;
}

export interface List {
  id: number;
  address: string;
  type: 'block' | 'allow';
  comment: string | null;
  groups: number[];
  enabled: boolean;
  added: number;
  modified: number;
  /** When gravity last fetched it; 0 is never. */
  updated: number;
  number: number;
  abp: number;
  status: number;
}

export interface Client {
  id: number;
  client: string;
  name: string;
  comment: string | null;
  groups: number[];
  added: number;
  modified: number;
}

/** What a gravity run writes and gravity swaps in. */
export interface Tables {
  groups: Group[];
  rules: Rule[];
  lists: List[];
  clients: Client[];
}

/** What gravity made of the lists: which list holds a name, the count and when. */
export interface GravityTree {
  entries: Map<string, number[]>;
  /** What the summary says; -2 is an unreadable database. */
  count: number;
  updated: number;
}

/** What stands at a list's address. */
export interface ListContent {
  domains: readonly string[];
  /** How many it says it holds; the length of `domains` unless told. */
  number?: number;
}

/** A row of the query log as FTL keeps it; `time` in seconds. */
export interface QueryRow {
  id: number;
  time: number;
  type: string;
  status: string;
  domain: string;
  upstream: string | null;
  reply: string;
  /** Seconds. */
  took: number;
  client: { ip: string; name: string | null };
  listId: number | null;
  cname: string | null;
}

export interface Device {
  id: number;
  hwaddr: string;
  interface: string;
  firstSeen: number;
  lastQuery: number;
  numQueries: number;
  macVendor: string;
  ips: { ip: string; name: string | null }[];
}

export interface Message {
  id: number;
  timestamp: number;
  type: string;
  plain: string;
}

/** How the world outside answers a name that is not blocked. */
export type Upstream = (name: string) => { address?: string; cname?: string; servfail?: true } | undefined;

/** Everything one Pi-hole starts with. */
export interface Seed {
  tables: Tables;
  lists: (address: string) => ListContent | undefined;
  queries: QueryRow[];
  devices: Device[];
  messages: Message[];
  upstream: Upstream;
  hosts: string[];
  cnames: string[];
  /** When gravity last ran and what it took in then, in seconds; the lists as they are unless told. */
  gravity?: { updated: number; lists?: readonly string[] };
}

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** The tables as a copy of their own: what gravity does to a database. */
export function copyTables(tables: Tables): Tables {
  return structuredClone(tables);
}

/** What is blocked after gravity took in the enabled lists. */
export function buildTree(lists: readonly List[], content: Seed['lists'], updated: number): GravityTree {
  const entries = new Map<string, number[]>();
  let count = 0;
  for (const list of lists) {
    const held = list.enabled ? content(list.address) : undefined;
    if (!held) continue;
    if (list.type === 'block') count += held.number ?? held.domains.length;
    for (const domain of held.domains) entries.set(domain, [...(entries.get(domain) ?? []), list.id]);
  }
  return { entries, count, updated };
}
