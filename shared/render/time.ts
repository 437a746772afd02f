import { duration } from './quantity.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function parts(date: Date, zone: string | undefined): Record<string, string> {
  const key = zone ?? '';
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
    formats.set(key, format);
  }
  return Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
}

/** A moment with its zone, to the second: `2026-11-20 08:10:05 CET`; in the machine's zone unless told another. */
export function zoned(date: Date, zone?: string): string {
  if (Number.isNaN(date.getTime())) return 'unknown time';
  const p = parts(date, zone);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second} ${p.timeZoneName}`;
}

/** An absolute window of time with its zone and length: `2026-11-20 02:13 -> 08:13 CET (6h)`; seconds only where they matter. */
export function span(from: Date, to: Date, zone?: string): string {
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return 'unknown window';
  const [a, b] = [parts(from, zone), parts(to, zone)];
  const seconds = to.getTime() - from.getTime() < 600_000;
  const clock = (p: Record<string, string>) => `${p.hour}:${p.minute}${seconds ? `:${p.second}` : ''}`;
  const day = (p: Record<string, string>) => `${p.year}-${p.month}-${p.day}`;
  // Over a change of summer time the two ends have different zones.
  const first = `${day(a)} ${clock(a)}${a.timeZoneName === b.timeZoneName ? '' : ` ${a.timeZoneName}`}`;
  const last = `${day(a) === day(b) ? '' : `${day(b)} `}${clock(b)} ${b.timeZoneName}`;
  return `${first} -> ${last} (${duration(to.getTime() - from.getTime())})`;
}
