import type { Located, Place } from '@homelab/shared/inventory/inventory.ts';

/** An entity in the making: what was read, where each part of it stands, and which fields were only guessed and why. */
export interface Draft<Value> {
  value: Value;
  place: Place;
  /** By path, such as `exposure[0]`. */
  places: Map<string, Place>;
  /** By path: why it was guessed so, as the end of a sentence. */
  guesses: Map<string, string>;
}

/** A draft with nothing guessed yet. */
export function draft<Value>(value: Value, place: Place): Draft<Value> {
  return { value, place, places: new Map(), guesses: new Map() };
}

/** `exposure[0].scope`, as contracts write it. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index ? '.' : ''}${String(key)}`)).join('');
}

/** The draft as an entity of an inventory: a field without a place of its own stands where the one around it does. */
export function located<Value, Whole>(from: Draft<Value>, value: Whole): Located<Whole> {
  const at = (path: readonly PropertyKey[]): Place => {
    for (let length = path.length; length > 0; length--) {
      const place = from.places.get(pathText(path.slice(0, length)));
      if (place) return place;
    }
    return from.place;
  };
  return { value, place: from.place, at };
}

/** A name as entities may have it: letters, digits, dots, dashes and underscores. */
export function entityName(text: string): string {
  const name = text
    .normalize('NFC')
    .trim()
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[._-]+|-+$/g, '')
    .slice(0, 63);
  return name === '' ? 'unnamed' : name;
}

/** The first of `wanted`, `wanted-2`, `wanted-3` ... that is not taken. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted.slice(0, 58)}-${count}`;
    if (!taken.has(name)) return name;
  }
}
