import type { Death } from '../client/deaths.ts';

/** Milliseconds between one death and the next, in the middle of all; undefined for fewer than three deaths. */
export function rhythmOf(deaths: readonly Death[]): number | undefined {
  const gaps = deaths.slice(1).map(({ at }, index) => at.getTime() - (deaths[index] as Death).at.getTime());
  return gaps.length < 2 ? undefined : gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
}
