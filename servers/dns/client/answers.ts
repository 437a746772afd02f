import { z } from 'zod';

// What Pi-hole v6 answers, as far as it is read. Unknown keys are dropped; a shape that differs is told, not guessed.

const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);
const Nothing = z.unknown();

/** Answers whose body says nothing that is needed. */
export const AnyAnswer = Nothing;

export const SessionAnswer = z.object({
  session: z.object({ valid: z.boolean(), sid: z.string().nullable(), message: z.string().nullish(), validity: z.number() }),
});

export const BlockingAnswer = z.object({
  blocking: z.enum(['enabled', 'disabled', 'failure', 'unknown']),
  timer: z.number().nullable(),
});

export const SummaryAnswer = z.object({
  queries: z.object({ total: z.number(), blocked: z.number(), percent_blocked: z.number(), unique_domains: z.number() }),
  clients: z.object({ active: z.number(), total: z.number() }),
  gravity: z.object({ domains_being_blocked: z.number(), last_update: z.number() }),
});

export const SeatsAnswer = z.object({
  sessions: z.array(
    z.object({
      id: z.number(),
      current_session: z.boolean(),
      last_active: z.number(),
      login_at: z.number(),
      remote_addr: z.string(),
      user_agent: z.string().nullable(),
      app: z.boolean(),
    }),
  ),
});

export const MaxSeatsAnswer = z.object({
  config: z.object({ webserver: z.object({ api: z.object({ max_sessions: z.number() }) }) }),
});

const Groups = z.array(z.number());
const Processed = z.object({
  errors: z.array(z.object({ item: z.string(), error: z.string() })),
  success: z.array(z.object({ item: z.string() })),
});

const RuleRow = z.object({
  domain: z.string(),
  type: z.enum(['allow', 'deny']),
  kind: z.enum(['exact', 'regex']),
  comment: Text,
  groups: Groups,
  enabled: z.boolean(),
  id: z.number(),
});
const ListRow = z.object({
  address: z.string(),
  type: z.enum(['block', 'allow']),
  comment: Text,
  groups: Groups,
  enabled: z.boolean(),
  id: z.number(),
  date_updated: z.number(),
  number: z.number(),
  status: z.number(),
});
const GroupRow = z.object({ name: z.string(), comment: Text, enabled: z.boolean(), id: z.number() });
const ClientRow = z.object({ client: z.string(), name: Text, comment: Text, groups: Groups, id: z.number() });

export const RulesAnswer = z.object({ domains: z.array(RuleRow), processed: Processed.optional() });
export const ListsAnswer = z.object({ lists: z.array(ListRow), processed: Processed.optional() });
export const GroupsAnswer = z.object({ groups: z.array(GroupRow), processed: Processed.optional() });
export const ClientsAnswer = z.object({ clients: z.array(ClientRow), processed: Processed.optional() });

export const SearchAnswer = z.object({
  search: z.object({
    domains: z.array(RuleRow),
    gravity: z.array(ListRow.extend({ domain: z.string() })),
  }),
});

export const QueriesAnswer = z.object({
  queries: z.array(
    z.object({
      id: z.number(),
      time: z.number(),
      type: z.string(),
      status: z.string(),
      domain: z.string(),
      upstream: Text,
      reply: z.object({ type: z.string().nullish(), time: z.number() }),
      client: z.object({ ip: z.string(), name: Text }),
      list_id: z.number().nullish(),
      cname: Text,
    }),
  ),
  cursor: z.number().nullable(),
  recordsFiltered: z.number(),
  recordsTotal: z.number(),
});

export const MessagesAnswer = z.object({
  messages: z.array(z.object({ id: z.number(), timestamp: z.number(), type: z.string(), plain: z.string() })),
});

export const VersionAnswer = z.object({
  version: z.object({ ftl: z.object({ local: z.object({ version: z.string().nullish() }) }) }),
});

export const DevicesAnswer = z.object({
  devices: z.array(
    z.object({
      hwaddr: z.string(),
      macVendor: Text,
      firstSeen: z.number(),
      lastQuery: z.number(),
      numQueries: z.number(),
      ips: z.array(z.object({ ip: z.string(), name: Text })),
    }),
  ),
});

export const InterfacesAnswer = z.object({
  interfaces: z.array(z.object({ addresses: z.array(z.object({ address: z.string() })).nullish() })),
});

export const HistoryAnswer = z.object({
  history: z.array(z.object({ timestamp: z.number(), total: z.number(), blocked: z.number() })),
});

export const TopDomainsAnswer = z.object({
  domains: z.array(z.object({ domain: z.string(), count: z.number() })),
  total_queries: z.number(),
});
export const TopClientsAnswer = z.object({
  clients: z.array(z.object({ ip: z.string(), name: Text, count: z.number() })),
  total_queries: z.number(),
});

export const RecordsAnswer = z.object({
  config: z.object({ dns: z.object({ hosts: z.array(z.string()), cnameRecords: z.array(z.string()) }) }),
});

export const UpstreamsAnswer = z.object({
  upstreams: z.array(z.object({ ip: z.string(), port: z.number(), count: z.number(), statistics: z.object({ response: z.number() }) })),
});

export const LogAnswer = z.object({
  log: z.array(z.object({ timestamp: z.number(), message: z.string(), prio: Text })),
  nextID: z.number(),
});
