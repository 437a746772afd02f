import { Fault } from '@homelab/shared/faults.ts';
import { z } from 'zod';

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `15m`, `6h`, `2d`: how far back. */
export const Since = z.string().max(10);

/** The instant that far back; `invalid_input` for another form. */
export function since(text: string, now: number = Date.now()): Date {
  const [, count, unit] = /^(\d{1,4})\s*([smhd])$/.exec(text.trim()) ?? [];
  const ms = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!(ms > 0)) throw new Fault('invalid_input', 'That is no span of time.', { hint: 'Write it as `15m`, `6h` or `2d`.' });
  return new Date(now - ms);
}
