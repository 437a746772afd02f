import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../log/logger.ts';
import { allHooks, auditHooks } from './action-audit.ts';
import { type ActionChange, type ActionHooks, openActions } from './actions.ts';
import { openAudit } from './audit.ts';
import { brakes } from './brakes.ts';
import { consent } from './consent.ts';
import { openEvents } from './events.ts';
import { nonces } from './nonces.ts';
import { openPolicy } from './policy-file.ts';
import { recorder } from './record.ts';
import { repeats } from './repeats.ts';
import { actionRunner, newOwner } from './runner.ts';
import type { Safety } from './safety.ts';
import { signingKey } from './signing-key.ts';

/** What the safety of one server is opened with. */
export interface SafetyOptions {
  /** STATE_DIR: everything that must hold over restarts and processes. */
  state: string;
  /** The server's name, such as `mcp-homelab`. */
  server: string;
  log: Log;
  /** `policy.yaml` in STATE_DIR without it. */
  policyFile?: string | undefined;
  /** Told of every step of an action, after it was made. */
  onAction?: (change: ActionChange) => void;
  /** Told of every write to the audit: entries, milliseconds, and whether they are on the disk. */
  onAudit?: (entries: number, ms: number, written: boolean) => void;
  /** For tests: milliseconds after which a change goes on as an action; 45,000. */
  longMs?: number;
  /** For tests: milliseconds a person has to answer a dialog; five minutes. */
  askMs?: number;
}

/** Opens what stands between the calls of one server and the changes they make. */
export function openSafety({ state, server, log, policyFile, onAction, onAudit, longMs = 45_000, askMs = 300_000 }: SafetyOptions): Safety {
  const key = signingKey(state);
  const audit = openAudit({ folder: state, server, log, ...(onAudit ? { observe: onAudit } : {}) });
  const owner = newOwner();
  const node = nodeName();
  const events = openEvents({ folder: state, server, log });
  const lost = (error: unknown): void => log.error('audit_lost', { err: error });
  const policy = openPolicy(policyFile ?? join(state, 'policy.yaml'), log, () => {
    // The policy is already what it is; that it changed is recorded as soon as it can be.
    audit.append({ kind: 'policy', caller: 'file', what: 'policy changed' }).catch(lost);
  });
  const told: ActionHooks = {
    after(change) {
      const { action, to } = change;
      log.info('action', { action: action.id, tool: action.effect.tool, caller: action.caller, level: action.effect.level, outcome: to });
      events.emit({ type: `action_${to}`, node, service: action.effect.service, action: action.id, detail: action.effect.title });
      onAction?.(change);
    },
  };
  const actions = openActions(join(state, 'actions'), {
    key,
    hooks: allHooks(auditHooks(audit, lost), told),
    spend: nonces(state).spend,
  });
  return {
    area: server.replace(/^mcp-/, ''),
    owner,
    policy,
    consent: consent(key, nonces(state), askMs),
    audit,
    record: recorder(audit, log),
    brakes: brakes({ folder: state, log }),
    repeats: repeats({ folder: state }),
    events,
    actions,
    async propose(effect, { caller, reason }) {
      const waiting = actions.list({ state: 'pending', server, limit: 1_000 }).actions;
      const same = waiting.find(
        (one) => one.effect.digest === effect.digest && one.caller === caller && Date.parse(one.expires) > Date.now(),
      );
      return same ?? actions.propose(effect, { server, caller, reason });
    },
    serve: (run) => actionRunner({ actions, server, owner, run, log }),
    longMs,
    askMs,
    close: () => audit.close(),
  };
}

/** This machine's name as the events' folders can hold it. */
export function nodeName(): string {
  return (
    hostname()
      .replace(/[^A-Za-z0-9_-]/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 63) || 'node'
  );
}
