import type { z } from 'zod';
import type { ClientsAnswer, DevicesAnswer, GroupsAnswer, ListsAnswer, QueriesAnswer, RulesAnswer } from './answers.ts';

export type Rule = z.output<typeof RulesAnswer>['domains'][number];
export type Group = z.output<typeof GroupsAnswer>['groups'][number];
export type ClientEntry = z.output<typeof ClientsAnswer>['clients'][number];
export type Device = z.output<typeof DevicesAnswer>['devices'][number];

/** A list as it stands on one Pi-hole. */
export interface List extends Omit<z.output<typeof ListsAnswer>['lists'][number], 'date_updated' | 'number'> {
  /** When gravity last fetched it; undefined is never. */
  updated: Date | undefined;
  domains: number;
}

/** The gravity database's tables, read one after the other. */
export interface Tables {
  groups: Group[];
  rules: Rule[];
  lists: List[];
  clients: ClientEntry[];
}

/** A row of the query log. */
export interface Query {
  id: number;
  at: Date;
  domain: string;
  type: string;
  status: string;
  client: { ip: string; name: string | undefined };
  upstream: string | undefined;
  reply: string | undefined;
  ms: number;
  /** The exact or regex rule that decided, or the list. */
  rule: number | undefined;
  list: number | undefined;
  cname: string | undefined;
  blocked: boolean;
}

/** Status words of the query log that are a block. */
const BLOCKED = /^(GRAVITY|REGEX|DENYLIST|EXTERNAL_BLOCKED|SPECIAL_DOMAIN)/;

/** A row of the wire in our words: an id from 0 is a rule, one up to -2 a list. */
export function queryOf(row: z.output<typeof QueriesAnswer>['queries'][number]): Query {
  const id = row.list_id ?? -1;
  return {
    ...{ id: row.id, at: new Date(row.time * 1000), domain: row.domain, type: row.type, status: row.status, client: row.client },
    ...{
      upstream: row.upstream,
      reply: row.reply.type ?? undefined,
      ms: row.reply.time * 1000,
      cname: row.cname,
      blocked: BLOCKED.test(row.status),
    },
    rule: id >= 0 ? id : undefined,
    list: id <= -2 ? -id - 2 : undefined,
  };
}

export function listOf({ date_updated, number, ...rest }: z.output<typeof ListsAnswer>['lists'][number]): List {
  return { ...rest, domains: number, updated: date_updated === 0 ? undefined : new Date(date_updated * 1000) };
}
