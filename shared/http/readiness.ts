import { duration } from '../render/quantity.ts';

/** One upstream's state as `/readyz` tells it. */
export interface UpstreamState {
  name: string;
  /** Undefined: not tried yet. */
  reachable: boolean | undefined;
  /** Milliseconds of the last probe. */
  ms?: number;
  /** Since when it is in this state. */
  since?: Date;
  note?: string;
}

/** An upstream that can be asked for its state. */
export interface Probe {
  name: string;
  probe: () => Promise<Omit<UpstreamState, 'name'>>;
}

/** Asks every upstream, at most `timeoutMs` each; one that does not answer is told as unreachable. */
export async function readiness(
  probes: readonly Probe[],
  timeoutMs = 3_000,
): Promise<{ ready: boolean; upstreams: (Omit<UpstreamState, 'since'> & { since?: string; for?: string })[] }> {
  const states = await Promise.all(probes.map((probe) => withTimeout(probe, timeoutMs)));
  const upstreams = states.map(({ since, ...state }) => ({
    ...state,
    ...(since ? { since: since.toISOString(), for: duration(Date.now() - since.getTime()) } : {}),
  }));
  return { ready: states.every((state) => state.reachable !== false), upstreams };
}

async function withTimeout({ name, probe }: Probe, ms: number): Promise<UpstreamState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<UpstreamState>((resolve) => {
    timer = setTimeout(() => resolve({ name, reachable: false, ms, note: 'no answer in time' }), ms);
  });
  try {
    return await Promise.race([probe().then((state) => ({ name, ...state })), late]);
  } catch {
    return { name, reachable: false, note: 'the probe failed' };
  } finally {
    clearTimeout(timer);
  }
}
