import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Lease, type LeaseOptions, takeLease } from '@homelab/shared/safety/lease.ts';

/** The right to be the only process that works with these Pi-holes. */
export interface FleetLock {
  /** Returns when it is held; throws `conflict` and names the holder where another process has it. */
  guard: () => Promise<void>;
  release: () => void;
}

/** Two processes would take two seats, and their table reads would meet. Taken at the first call, held with a heartbeat until the end. */
export function fleetLock(state: string, pace: Pick<LeaseOptions, 'staleMs' | 'beatMs'> = {}): FleetLock {
  const what = `mcp-dns, process ${process.pid} on ${hostname()},`;
  let lease: Lease | undefined;
  let taking: Promise<Lease> | undefined;
  return {
    async guard() {
      if (lease) {
        try {
          lease.held();
          return;
        } catch {
          lease.release();
          lease = undefined;
        }
      }
      taking ??= takeLease(join(state, 'leases'), 'pihole-fleet', { what, waitMs: 0, ...pace }).finally(() => {
        taking = undefined;
      });
      lease = await taking;
    },
    release() {
      lease?.release();
      lease = undefined;
    },
  };
}
