import { resolveVariables } from '../compose-variables.ts';

/** Variables of which nobody here knows the value, by the top-level key of the service they stand in. */
export type Doubts = ReadonlyMap<string, readonly string[]>;

/** A tree with its variables put in, and what of it hangs on values that only the machine knows. */
export interface Interpolated<Tree> {
  tree: Tree;
  doubts: Doubts;
}

/** Puts variables into every text of a tree; a doubt is named by its top-level key, and below `environment` by `environment.NAME`. */
export function interpolate<Tree extends object>(tree: Tree, values: ReadonlyMap<string, string> | undefined): Interpolated<Tree> {
  const doubts = new Map<string, string[]>();
  const deep = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      const { text, unknown, defaulted } = resolveVariables(value, values);
      const names = [...unknown, ...defaulted];
      if (names.length > 0) doubts.set(key, [...new Set([...(doubts.get(key) ?? []), ...names])]);
      return text;
    }
    if (Array.isArray(value)) return value.map((entry) => deep(entry, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, deep(one, key === 'environment' ? `${key}.${name}` : key)]),
    );
  };
  const resolved = Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, deep(value, key)]));
  return { tree: resolved as Tree, doubts };
}
