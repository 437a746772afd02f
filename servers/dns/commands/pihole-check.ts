import type { DoctorCheck } from '@homelab/shared/commands/server-module.ts';
import { Fault } from '@homelab/shared/faults.ts';
import { type NodeOptions, node } from '../client/node.ts';
import { readBlocking, readSummary } from '../client/reading.ts';
import type { SessionKeeper } from '../client/session.ts';

const PATIENCE_MS = 8_000;

/** Doctor's look at one Pi-hole: with the session that the server has, so that no seat is taken. */
export function piholeCheck(options: NodeOptions, keeper: SessionKeeper): DoctorCheck {
  return {
    name: `Pi-hole ${options.name}`,
    async run() {
      const one = node(options, keeper, async () => {});
      const signal = AbortSignal.timeout(PATIENCE_MS);
      try {
        const [blocking, summary] = [await readBlocking(one, signal), await readSummary(one, signal)];
        const found = `blocking ${blocking.on ? 'on' : 'off'}, ${summary.gravity.domains ?? 'no readable'} domains`;
        return blocking.on ? { ok: 'ok', found } : { ok: 'warn', found, todo: 'dns_set_blocking turns it on.' };
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        return { ok: 'fail', found: error.message, ...(error.hint ? { todo: error.hint } : {}) };
      } finally {
        await one.wire.close();
      }
    },
  };
}
