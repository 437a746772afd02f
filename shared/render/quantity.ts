// Provisional: the room that owns this file replaces it.
export const duration = (ms: number): string => `${Math.round(ms / 1000)} s`;
