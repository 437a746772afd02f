/** Whether an upstream answers. */
export interface Health {
  /** Undefined until it was asked for the first time. */
  reachable: boolean | undefined;
  /** How long the last answer took, or the last attempt lasted. */
  ms?: number;
  /** Since when it is in this state. */
  since?: Date;
}

/** Keeps the last state and the moment of the last change. */
export function healthBook(): { note(reachable: boolean, ms: number): void; health(): Health } {
  let state: Health = { reachable: undefined };
  return {
    note(reachable, ms) {
      const since = state.reachable === reachable && state.since ? state.since : new Date();
      state = { reachable, ms: Math.round(ms), since };
    },
    health: () => ({ ...state }),
  };
}
