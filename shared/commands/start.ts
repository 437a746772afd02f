import { z } from 'zod';
import { firstStart, openTokens, type TokenStore } from '../auth/token-store.ts';
import { readEnv } from '../config/read-env.ts';
import { type SuiteConfig, stateFolder, suiteEnv, tokensFile } from '../config/suite-env.ts';
import { Fault } from '../faults.ts';
import { type Log, logger } from '../log/logger.ts';
import { openAudit } from '../safety/audit.ts';
import { notifier } from '../safety/notify.ts';
import type { Serving } from '../serve.ts';
import type { AnyServerModule } from './server-module.ts';
import { type StartedServer, startServer } from './start-server.ts';
import { welcome } from './welcome.ts';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Servers that run. */
export interface Started {
  servers: readonly Serving[];
  /** Sentences for the person who started them. */
  notes: readonly string[];
  /** Only on the first start: the token that was made, to be shown this once. */
  firstToken?: string;
  close: () => Promise<void>;
}

/** Starts all servers in this process, or none: a Fault closes what was already open. */
export async function startServers(
  modules: readonly AnyServerModule[],
  env?: Readonly<Record<string, string | undefined>>,
): Promise<Started> {
  const shape = z.object({ ...suiteEnv, ...Object.assign({}, ...modules.map((module) => module.env)) });
  const { config, warnings } = readEnv(shape, env) as { config: SuiteConfig & Record<string, unknown>; warnings: string[] };
  stateFolder(config);
  const log = logger({ name: 'suite', level: config.LOG_LEVEL });
  const tokens = openTokens(tokensFile(config), log);
  const notify = config.NOTIFY_URL && notifier({ url: config.NOTIFY_URL, format: config.NOTIFY_FORMAT, log });
  // SECURITY: a token made now would be printed for a door that others can already reach; there a person makes the first one.
  const firstToken = LOOPBACK.includes(config.HOST) ? await recordedFirst(tokens, config.STATE_DIR, log) : undefined;
  const started: StartedServer[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.close()));
    await notify?.close();
  };
  try {
    for (const module of modules) started.push(await startServer(module, config, tokens, notify));
  } catch (error) {
    await close();
    throw error;
  }
  const notes = [...warnings, ...started.flatMap((server) => server.notes)];
  return { servers: started.map(({ serving }) => serving), notes, close, ...(firstToken ? { firstToken } : {}) };
}

/** The first token, in the audit before it is shown. Where it cannot be recorded it is taken away again, and the suite starts without one. */
async function recordedFirst(tokens: TokenStore, state: string, log: Log): Promise<string | undefined> {
  const made = firstStart(tokens);
  if (made === undefined) return undefined;
  const audit = openAudit({ folder: state, server: 'suite', log });
  try {
    await audit.append({ kind: 'token', caller: 'suite', what: 'added', targets: ['first'], reason: 'write' });
    return made;
  } catch (error) {
    tokens.remove('first');
    log.error('audit_lost', { err: error });
    return undefined;
  } finally {
    await audit.close();
  }
}

/** The program of a server or of the suite: starts, tells people what to paste where, stops on SIGINT and SIGTERM. */
export async function runServers(modules: readonly AnyServerModule[]): Promise<void> {
  let started: Started;
  try {
    started = await startServers(modules);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    console.error(`Not started. ${error.message}${error.hint ? `\n${error.hint}` : ''}`);
    process.exitCode = 1;
    return;
  }
  console.log(welcome(started));
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await started.close();
    process.exit(0);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}
