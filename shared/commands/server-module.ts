import type { z } from 'zod';
import type { SuiteConfig } from '../config/suite-env.ts';
import type { Probe } from '../http/readiness.ts';
import type { ServedDefinition } from '../http/server-app.ts';
import type { Log } from '../log/logger.ts';

/** What doctor looks at for one server. */
export interface DoctorCheck {
  name: string;
  run: () => Promise<{ ok: 'ok' | 'warn' | 'fail'; found: string; todo?: string }>;
}

/** A server's upstream, opened. */
export interface Opened<Client> {
  client: Client;
  probes: readonly Probe[];
  /** Sentences for the person who starts the suite, such as `simulated: ...`. */
  notes?: readonly string[];
  close: () => Promise<void>;
}

/** What one server hands to the programs that run servers: its definition, its variables, how its upstream is opened and checked. */
export interface ServerModule<Shape extends z.ZodRawShape, Client> {
  definition: ServedDefinition<Client>['definition'];
  /** The server's own variables; those of the suite come beside them. */
  env: Shape;
  /** The variable in `env` that holds the port. */
  port: keyof Shape & string;
  open: (
    config: z.output<z.ZodObject<Shape>> & SuiteConfig,
    watch: { log: Log; metrics: ServedDefinition<Client>['metrics'] },
  ) => Promise<Opened<Client>>;
  checks: (config: z.output<z.ZodObject<Shape>> & SuiteConfig) => readonly DoctorCheck[];
}

// biome-ignore lint/suspicious/noExplicitAny: a list of modules holds every shape and client
export type AnyServerModule = ServerModule<any, any>;

/** Returns its argument; it is there for the types. */
export function defineServer<Shape extends z.ZodRawShape, Client>(module: ServerModule<Shape, Client>): ServerModule<Shape, Client> {
  return module;
}
