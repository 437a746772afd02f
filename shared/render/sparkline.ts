const BARS = '▁▂▃▄▅▆▇█';
const GAP = '·';

/**
 * A curve in at most `width` characters, scaled from `min` to `max` (those of the values unless told). Several values that share a place show
 * their highest, so that no peak is lost; places without a value show `·`. A flat curve is drawn low; no values give an empty text.
 */
export function sparkline(
  values: readonly (number | null | undefined)[],
  { width = 24, min, max }: { width?: number; min?: number; max?: number } = {},
): string {
  const places = Math.min(width, values.length);
  const peaks: (number | undefined)[] = [];
  for (let place = 0; place < places; place++) {
    let peak: number | undefined;
    const end = Math.floor(((place + 1) * values.length) / places);
    for (let index = Math.floor((place * values.length) / places); index < end; index++) {
      const value = values[index];
      if (typeof value === 'number' && Number.isFinite(value) && (peak === undefined || value > peak)) peak = value;
    }
    peaks.push(peak);
  }
  const known = peaks.filter((peak) => peak !== undefined);
  if (known.length === 0) return GAP.repeat(places);
  const low = min ?? known.reduce((a, b) => Math.min(a, b));
  const high = max ?? known.reduce((a, b) => Math.max(a, b));
  return peaks
    .map((peak) => {
      if (peak === undefined) return GAP;
      const height = high > low ? (peak - low) / (high - low) : 0;
      return BARS[Math.max(0, Math.min(7, Math.floor(height * 8)))];
    })
    .join('');
}
