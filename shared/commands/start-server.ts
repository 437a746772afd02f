import { callerOf, operatorOf } from '../auth/authenticate.ts';
import type { TokenStore } from '../auth/token-store.ts';
import type { SuiteConfig } from '../config/suite-env.ts';
import type { Probe } from '../http/readiness.ts';
import { metricsOf } from '../http/server-app.ts';
import { logger } from '../log/logger.ts';
import type { Notifier } from '../safety/notify.ts';
import { nodeName, openSafety } from '../safety/open-safety.ts';
import type { Safety } from '../safety/safety.ts';
import { type Serving, serve } from '../serve.ts';
import type { AnyServerModule } from './server-module.ts';

const LOOK_MS = 30_000;

/** One server that runs, with all that was opened for it. */
export interface StartedServer {
  serving: Serving;
  notes: readonly string[];
  close: () => Promise<void>;
}

/** Opens a server's upstream and safety and listens; a Fault closes again what was opened. */
export async function startServer(
  module: AnyServerModule,
  config: SuiteConfig & Record<string, unknown>,
  tokens: TokenStore,
  notify?: Notifier,
): Promise<StartedServer> {
  const { definition } = module;
  const log = logger({ name: definition.name, level: config.LOG_LEVEL });
  const metrics = metricsOf(definition);
  const upstream = await module.open(config, { log, metrics });
  let safety: Safety | undefined;
  try {
    safety = openSafety({
      state: config.STATE_DIR,
      server: definition.name,
      log,
      policyFile: config.POLICY_FILE,
      onAction: (step) => {
        metrics.action(step.to);
        notify?.after(step);
      },
      onAudit: metrics.audited,
    });
    const serving = await serve({
      definition,
      client: upstream.client,
      config,
      port: Number(config[module.port]),
      portVariable: module.port,
      authenticate: (header) => callerOf(tokens, header, config.READ_ONLY),
      tokenCount: tokens.list().length,
      safety,
      log,
      metrics,
      probes: upstream.probes,
      actions: { actions: safety.actions, operator: (token) => operatorOf(tokens, token) },
    });
    const diary = keepDiary(safety, definition.name, upstream.probes, (error) => log.error('audit_lost', { err: error }));
    const close = async (): Promise<void> => {
      await serving.close();
      await upstream.close();
      await diary.close();
      await safety?.close();
    };
    return { serving, notes: upstream.notes ?? [], close };
  } catch (error) {
    await upstream.close();
    await safety?.close();
    throw error;
  }
}

/** Writes down when the server starts and stops and when an upstream goes and comes back: in the events, and the first two in the audit. */
function keepDiary(
  safety: Safety,
  server: string,
  probes: readonly Probe[],
  onLost: (error: unknown) => void,
): { close: () => Promise<void> } {
  const node = nodeName();
  const record = (kind: 'started' | 'stopped'): Promise<void> => {
    safety.events.emit({ type: `server_${kind}`, node, service: server });
    return safety.audit.append({ kind, caller: 'suite', what: server }).catch(onLost);
  };
  const lost = new Set<string>();
  const look = async ({ name, probe }: Probe): Promise<void> => {
    const { reachable } = await probe().catch(() => ({ reachable: false }));
    if (reachable === undefined || reachable === !lost.has(name)) return;
    if (reachable) lost.delete(name);
    else lost.add(name);
    safety.events.emit({ type: reachable ? 'upstream_back' : 'upstream_lost', node, service: server, detail: name });
  };
  const begun = record('started');
  const timer = setInterval(() => void Promise.all(probes.map(look)), LOOK_MS).unref();
  return {
    async close() {
      clearInterval(timer);
      await begun;
      await record('stopped');
    },
  };
}
