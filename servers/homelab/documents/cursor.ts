import { Fault } from '@homelab/shared/faults.ts';

/** The offset that a cursor of ours means; 0 without one. Throws `invalid_input` for any other text. */
export function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const offset = /^c(\d{1,6})$/.exec(cursor)?.[1];
  if (offset === undefined) {
    throw new Fault('invalid_input', 'The cursor is not one of ours.', { hint: 'Take it from the last lines of the reply before.' });
  }
  return Number(offset);
}

/** The cursor behind what was shown, where there is more. */
export function nextOf(offset: number, shown: number, total: number): { next?: string } {
  return shown > 0 && offset + shown < total ? { next: `c${offset + shown}` } : {};
}
