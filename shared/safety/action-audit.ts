import type { ActionState } from './action.ts';
import type { ActionChange, ActionHooks } from './action-moves.ts';
import type { Audit } from './audit.ts';
import type { AuditKind } from './audit-line.ts';

const KINDS: { readonly [state in ActionState]?: AuditKind } = {
  pending: 'asked',
  approved: 'approved',
  denied: 'denied',
  expired: 'expired',
};

/**
 * Hooks that put proposals and approvals into the audit before they count, and denials, expiries and runs that nobody saw end after it.
 * The run itself is recorded by who runs it. `onLost` hears of an entry that came after the fact and could not be written.
 */
export function auditHooks(audit: Audit, onLost: (error: unknown) => void): ActionHooks {
  return {
    before: async ({ to, ...change }) => {
      if (to === 'pending' || to === 'approved') await audit.append(entryOf({ to, ...change }, KINDS[to] as AuditKind));
    },
    after: async (change) => {
      const { to, action } = change;
      const unseen = action.ended?.outcome === 'may_have_happened' || action.ended?.outcome === 'not_begun';
      const kind = to === 'denied' || to === 'expired' ? KINDS[to] : to === 'failed' && unseen ? 'ended' : undefined;
      // SECURITY: what ends or refuses something is done even where it cannot be recorded; only what lets something happen waits for the record.
      if (kind) await audit.append(entryOf(change, kind)).catch(onLost);
    },
  };
}

function entryOf({ action, by, to }: ActionChange, kind: AuditKind): Parameters<Audit['append']>[0] {
  const { effect, id, ended } = action;
  const reason = to === 'pending' ? action.reason : to === 'denied' ? action.denied?.why : undefined;
  return {
    kind,
    caller: by,
    what: effect.tool,
    level: effect.level,
    targets: effect.targets,
    action: id,
    ...(to === 'pending' ? { arguments: effect.arguments } : {}),
    ...(ended ? { outcome: ended.outcome } : {}),
    ...(reason ? { reason } : {}),
  };
}

/** Several hooks as one, in order; the first `before` that throws stops the change. */
export function allHooks(...all: readonly ActionHooks[]): ActionHooks {
  return {
    before: async (change) => {
      for (const { before } of all) await before?.(change);
    },
    after: async (change) => {
      for (const { after } of all) await after?.(change);
    },
  };
}
