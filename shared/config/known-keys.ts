import { z } from 'zod';
import { lettersApart } from './near-miss.ts';

/** The keys that a shape allows at a path of a document; empty where it allows any or the path leads nowhere. */
export function knownKeys(shape: z.ZodType, path: readonly PropertyKey[]): string[] {
  const [key, ...rest] = path;
  return alternatives(shape).flatMap((one) => {
    if (one instanceof z.ZodObject) {
      const fields = one.shape as Record<string, z.ZodType>;
      if (key === undefined) return Object.keys(fields);
      const field = fields[String(key)];
      return field ? knownKeys(field, rest) : [];
    }
    if (key === undefined) return [];
    if (one instanceof z.ZodArray) return knownKeys(one.element as z.ZodType, rest);
    return one instanceof z.ZodRecord ? knownKeys(one.valueType as z.ZodType, rest) : [];
  });
}

/** The key of `known` that `key` is probably a misspelling of: a third of its letters differ at most. */
export function meantKey(key: string, known: readonly string[]): string | undefined {
  const apart = (other: string) => lettersApart(other.toLowerCase(), key.toLowerCase());
  const [best] = [...known].sort((a, b) => apart(a) - apart(b));
  return best !== undefined && apart(best) <= Math.max(1, Math.floor(Math.max(best.length, key.length) / 3)) ? best : undefined;
}

/** What may stand here once optional, default and union are taken off. */
function alternatives(shape: z.ZodType): z.ZodType[] {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodDefault || shape instanceof z.ZodPrefault) {
    return alternatives(shape.unwrap() as z.ZodType);
  }
  if (shape instanceof z.ZodUnion) return shape.options.flatMap((option) => alternatives(option as z.ZodType));
  return [shape];
}
