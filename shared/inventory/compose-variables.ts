/** A text of a compose file with its variables put in, and the names of those that only the machine knows. */
export interface Resolved {
  text: string;
  /** Have no value and no default: they stand in `text` as written. */
  unknown: string[];
  /** Have no known value, so their default stands in `text`. */
  defaulted: string[];
}

const VARIABLE = /\$(?:\$|\{([A-Za-z_]\w*)(?:(:?[-?+])((?:[^{}$]|\$\{[^{}]*\})*))?\}|([A-Za-z_]\w*))/g;

/**
 * Puts values and defaults in, as Compose does. Without `values` nothing is known but the defaults, as values stand in environment files
 * that nobody reads; with them a name that is missing is known to be unset.
 */
export function resolveVariables(text: string, values?: ReadonlyMap<string, string>): Resolved {
  const unknown: string[] = [];
  const defaulted: string[] = [];
  const inner = (rest: string | undefined): string => {
    const resolved = resolveVariables(rest ?? '', values);
    unknown.push(...resolved.unknown);
    defaulted.push(...resolved.defaulted);
    return resolved.text;
  };
  const resolved = text.replace(VARIABLE, (whole, braced: string | undefined, operator = '', rest: string | undefined, plain?: string) => {
    if (whole === '$$') return '$';
    const name = (braced ?? plain) as string;
    const value = values?.get(name);
    const set = value !== undefined && !(operator.startsWith(':') && value === '');
    if (values !== undefined && operator.endsWith('+')) return set ? inner(rest) : '';
    if (set) return value;
    if (operator.endsWith('-')) {
      if (values === undefined) defaulted.push(name);
      return inner(rest);
    }
    if (values !== undefined && !operator.endsWith('?')) return value ?? '';
    unknown.push(name);
    return whole;
  });
  return { text: resolved, unknown, defaulted };
}
