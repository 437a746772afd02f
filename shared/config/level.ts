/** The four safety levels, weakest first; each includes the ones before it. */
export const LEVELS = ['read', 'write', 'disruptive', 'destructive'] as const;

export type Level = (typeof LEVELS)[number];

/** True when someone who holds `held` may do what needs `needed`. */
export function includes(held: Level, needed: Level): boolean {
  return LEVELS.indexOf(held) >= LEVELS.indexOf(needed);
}
