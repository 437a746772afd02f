import { Fault } from '@homelab/shared/faults.ts';
import type { Ask, UpstreamOptions } from '@homelab/shared/upstream/ask.ts';
import { type Upstream, upstream } from '@homelab/shared/upstream/upstream.ts';
import type { z } from 'zod';
import type { Resolver } from './dns-question.ts';
import { explain, isExpired } from './explain.ts';
import { type Lanes, lanes } from './lanes.ts';
import { type Session, type SessionKeeper, session } from './session.ts';

export type Role = 'primary' | 'backup' | 'other';

/** One Pi-hole as it is configured. */
export interface NodeOptions {
  name: string;
  role: Role;
  url: string;
  password: string | undefined;
  /** Where it answers DNS. */
  dns: { host: string; port: number };
  tls?: UpstreamOptions['tls'];
  observer?: UpstreamOptions['observer'];
}

/** One Pi-hole: its session, its queues, its wire. The files beside this one say what can be asked of it. */
export interface Node {
  name: string;
  role: Role;
  resolver: Resolver;
  wire: Upstream;
  session: Session;
  lanes: Lanes;
  /** Asks in the lane for everything but tables. */
  ask: <Schema extends z.ZodType>(schema: Schema, ask: Ask & { signal: AbortSignal }) => Promise<z.output<Schema>>;
  /** Asks what touches the gravity database; who already holds that lane uses `inside`. */
  table: <Schema extends z.ZodType>(schema: Schema, ask: Ask & { signal: AbortSignal }) => Promise<z.output<Schema>>;
  inside: <Schema extends z.ZodType>(schema: Schema, ask: Ask & { signal: AbortSignal }) => Promise<z.output<Schema>>;
  /** Throws while another process works with these Pi-holes. */
  guard: () => Promise<void>;
}

/** Opens one Pi-hole; nothing is sent before the first question. */
export function node(options: NodeOptions, keeper: SessionKeeper, guard: () => Promise<void>): Node {
  const { name, role, dns } = options;
  const wire = upstream({
    name: `Pi-hole ${name}`,
    baseUrl: `${options.url}/api`,
    headers: { 'user-agent': 'mcp-dns/0.1.0' },
    settings: { url: 'PIHOLES', auth: 'PIHOLE_PASSWORD' },
    probePath: '/info/login',
    // The lanes are narrower; this must never be the one that orders.
    concurrency: 8,
    ...(options.tls ? { tls: options.tls } : {}),
    ...(options.observer ? { observer: options.observer } : {}),
  });
  const own = session(wire, name, options.password, keeper);
  const way = lanes();
  const inside: Node['inside'] = async (schema, ask) => {
    await guard();
    for (let tries = 0; ; tries++) {
      const headers = await own.headers();
      try {
        return await wire.json(schema, {
          ...ask,
          headers: { ...ask.headers, ...headers },
          explain: (status, body) => explain(name, status, body),
        });
      } catch (error) {
        if (!isExpired(error)) throw error;
        own.refused(headers);
        if (tries > 0)
          throw new Fault('denied', `Pi-hole ${name} ends each session at once.`, {
            hint: 'Look at its clock and at webserver.session.timeout.',
          });
      }
    }
  };
  return {
    ...{ name, role, resolver: { name, ...dns }, wire, session: own, lanes: way, inside, guard },
    ask: (schema, ask) => way.open(ask.signal, () => inside(schema, ask)),
    table: (schema, ask) => way.table(ask.signal, () => inside(schema, ask)),
  };
}
