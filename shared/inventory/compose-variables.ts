/** A text of a compose file with its variables put in, and the names of those that only the machine knows. */
export interface Resolved {
  text: string;
  unknown: string[];
}

const VARIABLE = /\$(?:\$|\{([A-Za-z_]\w*)(?:(:?[-?+])((?:[^{}$]|\$\{[^{}]*\})*))?\}|([A-Za-z_]\w*))/g;

/**
 * Puts defaults in for `${VAR:-default}`. What has no default stays as written and is named in `unknown`: values stand in environment
 * files, which are never read.
 */
export function resolveVariables(text: string): Resolved {
  const unknown: string[] = [];
  const resolved = text.replace(
    VARIABLE,
    (whole, name: string | undefined, operator: string | undefined, rest: string | undefined, plain) => {
      if (whole === '$$') return '$';
      if (operator?.endsWith('-')) {
        const inner = resolveVariables(rest ?? '');
        unknown.push(...inner.unknown);
        return inner.text;
      }
      unknown.push((name ?? plain) as string);
      return whole;
    },
  );
  return { text: resolved, unknown };
}
