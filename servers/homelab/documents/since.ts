import { Fault } from '@homelab/shared/faults.ts';

const MS = { m: 60e3, min: 60e3, h: 3600e3, d: 86_400e3, w: 7 * 86_400e3, mo: 30 * 86_400e3, y: 365 * 86_400e3 } as const;

/** The moment that `7d`, `24h`, `2w`, `3mo`, `1y` ago or an ISO date means. Throws `invalid_input` for anything else and for the future. */
export function sinceOf(text: string, now = Date.now()): Date {
  const span = /^\s*(\d{1,5})\s*(m|min|h|d|w|mo|y)\s*$/i.exec(text);
  const iso = /^\s*\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?\s*$/.test(text);
  const time = span
    ? now - Number(span[1]) * MS[(span[2] ?? 'd').toLowerCase() as keyof typeof MS]
    : iso
      ? Date.parse(text.trim())
      : Number.NaN;
  if (Number.isNaN(time)) {
    throw new Fault('invalid_input', '`since` is neither a span nor a date.', { hint: 'Write it like 24h, 7d, 2w, 3mo or 2026-05-01.' });
  }
  if (time > now)
    throw new Fault('invalid_input', '`since` lies in the future.', { hint: 'Write it like 24h, 7d, 2w, 3mo or 2026-05-01.' });
  return new Date(time);
}
