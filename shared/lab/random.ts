/** A 32-bit number that stands for a text; equal texts give equal numbers on every machine. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** A number in [0, 1) that depends on its two arguments alone. */
export function roll(seed: number, index: number): number {
  let hash = seed ^ Math.imul(index | 0, 0x9e3779b1) ^ Math.floor(index / 0x100000000);
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x100000000;
}

/** A smooth curve in [-1, 1] over time that turns about once per `periodMs`. */
export function wave(seed: number, time: number, periodMs: number): number {
  const position = time / periodMs;
  const index = Math.floor(position);
  const part = position - index;
  const from = roll(seed, index);
  return 2 * (from + (roll(seed, index + 1) - from) * part * part * (3 - 2 * part)) - 1;
}

/** How fast `wave` changes at that time, per second. */
export function waveSlope(seed: number, time: number, periodMs: number): number {
  const position = time / periodMs;
  const index = Math.floor(position);
  const part = position - index;
  return (2 * (roll(seed, index + 1) - roll(seed, index)) * 6 * part * (1 - part) * 1000) / periodMs;
}

/** One of the entries, chosen by seed and index. */
export function pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[], seed: number, index: number): Item {
  return items[Math.floor(roll(seed, index) * items.length)] as Item;
}

/** A whole number from `least` to `most`, both included. */
export function between(least: number, most: number, seed: number, index: number): number {
  return least + Math.floor(roll(seed, index) * (most - least + 1));
}

/** `length` hexadecimal digits that stand for a text. */
export function hexOf(text: string, length: number): string {
  let digits = '';
  for (let part = 0; digits.length < length; part += 1)
    digits += Math.floor(roll(seedOf(`${text}#${part}`), part) * 0x100000000)
      .toString(16)
      .padStart(8, '0');
  return digits.slice(0, length);
}

/** A UUID (version 4 in form) that stands for a text. */
export function uuidOf(text: string): string {
  const digits = hexOf(text, 32);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}
