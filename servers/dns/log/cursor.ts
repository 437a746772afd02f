import { Fault } from '@homelab/shared/faults.ts';

/** Where a page of the merged log stands on each Pi-hole: its cursor, and how many rows were given. */
export type Places = Record<string, [cursor: number, start: number]>;

/** Places as one opaque word. */
export function cursorOf(places: Places): string {
  return Buffer.from(JSON.stringify(places)).toString('base64url');
}

/** The places again; `invalid_input` for a word that is none of ours. */
export function placesOf(cursor: string): Places {
  const refused = new Fault('invalid_input', 'That cursor is not one of this tool.', {
    hint: 'Leave `cursor` out to begin with the newest.',
  });
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw refused;
  }
  const whole = (part: unknown): boolean => Number.isSafeInteger(part);
  const fits =
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => Array.isArray(one) && one.length === 2 && one.every(whole));
  if (!fits) throw refused;
  return value as Places;
}
