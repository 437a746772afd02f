import { Fault } from '@homelab/shared/faults.ts';

const MS = { s: 1e3, m: 60e3, min: 60e3, h: 3600e3, d: 86_400e3, w: 7 * 86_400e3 } as const;
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** The moment that `90s`, `15m`, `6h`, `2d` ago or an ISO time means, as text that keeps nine digits after the second. Throws `invalid_input`. */
export function momentOf(text: string, parameter: string, now = Date.now()): { at: Date; exact: string } {
  const span = /^(\d{1,6})\s*(s|m|min|h|d|w)$/i.exec(text);
  const time = span
    ? now - Number(span[1]) * MS[(span[2] ?? 'h').toLowerCase() as keyof typeof MS]
    : ISO.test(text)
      ? Date.parse(text)
      : Number.NaN;
  const hint = 'Write it like 15m, 6h, 2d or 2026-05-01T08:00:00Z.';
  if (Number.isNaN(time)) throw new Fault('invalid_input', `\`${parameter}\` is neither a span nor a time.`, { hint });
  if (time > now + 60e3) throw new Fault('invalid_input', `\`${parameter}\` lies in the future.`, { hint });
  const at = new Date(time);
  return { at, exact: span || !/\.\d/.test(text) ? at.toISOString() : text };
}
