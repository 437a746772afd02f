import { join } from 'node:path';
import type { Log } from '../log/logger.ts';
import type { ActionState } from './action.ts';
import { type ActionChange, openActions } from './actions.ts';
import { openAudit } from './audit.ts';
import type { AuditKind } from './audit-line.ts';
import { brakes } from './brakes.ts';
import { consent } from './consent.ts';
import { nonces } from './nonces.ts';
import { openPolicy } from './policy-file.ts';
import { recorder } from './record.ts';
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
  /** For tests: milliseconds after which a change goes on as an action; 45,000. */
  longMs?: number;
  /** For tests: milliseconds a person has to answer a dialog; five minutes. */
  askMs?: number;
}

/** What an action's step is called in the audit; a run has its own `began` and `ended`. */
const AUDITED: Partial<Record<ActionState, AuditKind>> = { pending: 'asked', approved: 'approved', denied: 'denied', expired: 'expired' };

/** Opens what stands between the calls of one server and the changes they make. */
export function openSafety({ state, server, log, policyFile, onAction, longMs = 45_000, askMs = 300_000 }: SafetyOptions): Safety {
  const key = signingKey(state);
  const audit = openAudit({ folder: state, server, log });
  const owner = newOwner();
  const policy = openPolicy(policyFile ?? join(state, 'policy.yaml'), log, () => {
    // The policy is already what it is; that it changed is recorded as soon as it can be.
    audit.append({ kind: 'policy', caller: 'file', what: 'policy changed' }).catch((error) => log.error('audit_lost', { err: error }));
  });
  const actions = openActions(join(state, 'actions'), {
    key,
    hooks: {
      // SECURITY: an approval that could not be recorded is no approval; the throw leaves the action where it was.
      async before({ action, to, by }) {
        const kind = AUDITED[to];
        if (!kind) return;
        const { tool, level, targets, arguments: given } = action.effect;
        const reason = to === 'pending' ? action.reason : undefined;
        await audit.append({ kind, caller: by, what: tool, level, targets, arguments: given, action: action.id, reason });
      },
      after: (change) => onAction?.(change),
    },
  });
  return {
    area: server.replace(/^mcp-/, ''),
    owner,
    policy,
    consent: consent(key, nonces(state), askMs),
    audit,
    record: recorder(audit, log),
    brakes: brakes({ folder: state, log }),
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
