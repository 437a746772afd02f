const UNITS: [name: string, ms: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
];
const UNKNOWN = 'unknown';

/** A length of time in at most two units: `850 ms`, `4.2 s`, `3m 20s`, `2h 5m`, `12d 4h`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return UNKNOWN;
  if (ms < 0) return `-${duration(-ms)}`;
  if (ms < 999.5) return `${ms < 10 && ms > 0 ? number(ms) : Math.round(ms)} ms`;
  if (ms < 9_950) return `${trim((ms / 1_000).toFixed(1))} s`;
  if (ms < 59_500) return `${Math.round(ms / 1_000)} s`;
  // Rounded to the smaller of the two units first, or 3,599.9 s would read `59m 60s`.
  const smaller = UNITS[ms >= 86_400_000 - 30_000 ? 1 : ms >= 3_600_000 - 500 ? 2 : 3]?.[1] as number;
  const rounded = Math.round(ms / smaller) * smaller;
  const index = UNITS.findIndex(([, size]) => rounded >= size);
  const [name, size] = UNITS[index] as [string, number];
  const whole = Math.floor(rounded / size);
  const [restName, restSize] = UNITS[index + 1] as [string, number];
  const rest = Math.round((rounded - whole * size) / restSize);
  return rest === 0 ? `${whole}${name}` : `${whole}${name} ${rest}${restName}`;
}

/** How long before or after `now` a moment is: `3m 20s ago`, `in 2h`, `now` within half a second. */
export function ago(date: Date, now: Date = new Date()): string {
  const ms = now.getTime() - date.getTime();
  if (!Number.isFinite(ms)) return UNKNOWN;
  if (Math.abs(ms) < 500) return 'now';
  return ms > 0 ? `${duration(ms)} ago` : `in ${duration(-ms)}`;
}

/** A size in binary units with three significant digits: `512 B`, `1.5 KiB`, `2.34 GiB`. */
export function bytes(count: number): string {
  if (!Number.isFinite(count)) return UNKNOWN;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = count;
  let index = 0;
  while (Math.abs(value) >= (index === 0 ? 1_023.5 : 999.5) && index < units.length - 1) {
    value /= 1_024;
    index++;
  }
  return `${index === 0 ? Math.round(value) : number(value)} ${units[index]}`;
}

/** A number with three significant digits: `0.00123`, `4.57`, `1234` (whole numbers below 10,000 stay exact), `12.3k`, `4.56M`, `7.89G`. */
export function number(value: number): string {
  if (Number.isNaN(value)) return UNKNOWN;
  if (!Number.isFinite(value)) return value > 0 ? 'infinite' : '-infinite';
  const size = Math.abs(value);
  if (size < 10_000 && Number.isInteger(value)) return String(value);
  if (size >= 999.5) {
    const suffixes: [string, number][] = [
      ['T', 1e12],
      ['G', 1e9],
      ['M', 1e6],
      ['k', 1e3],
    ];
    for (const [suffix, unit] of suffixes) if (size >= unit * 0.9995) return `${significant(value / unit)}${suffix}`;
  }
  return size > 0 && size < 1e-6 ? value.toExponential(2) : significant(value);
}

/** A share of 1 as percent with three significant digits: `0.1234` is `12.3 %`. */
export function percent(ratio: number): string {
  return Number.isFinite(ratio) ? `${number(ratio * 100)} %` : UNKNOWN;
}

function significant(value: number): string {
  const text = value.toPrecision(3);
  return trim(text.includes('e') ? String(Number(text)) : text);
}

function trim(text: string): string {
  return text.includes('.') ? text.replace(/0{1,20}$/, '').replace(/\.$/, '') : text;
}
