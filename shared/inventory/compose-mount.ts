import { resolveVariables } from './compose-variables.ts';

/** One entry of `volumes`: a folder of the host, a named volume, a share, or memory. */
export interface ComposeMount {
  kind: 'bind' | 'volume' | 'cifs' | 'nfs' | 'tmpfs';
  /** Path on the host or name of the volume, variables with a default put in; absent for an anonymous volume. */
  source?: string;
  target: string;
  readOnly: boolean;
}

/** Reads one entry of `volumes`, short or long; `volumes` are the named ones that the file declares. */
export function composeMount(entry: unknown, volumes: Record<string, unknown>): ComposeMount | undefined {
  if (typeof entry === 'string') return short(resolveVariables(entry).text, volumes);
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { type, source, target, read_only } = entry as Record<string, unknown>;
  if (typeof target !== 'string') return undefined;
  const from = typeof source === 'string' ? resolveVariables(source).text : undefined;
  const readOnly = read_only === true;
  const to = resolveVariables(target).text;
  if (type === 'tmpfs') return { kind: 'tmpfs', target: to, readOnly };
  if (type === 'volume') return named(from, to, readOnly, volumes);
  return { kind: 'bind', ...(from === undefined ? {} : { source: from }), target: to, readOnly };
}

// A drive letter, or a variable in braces, holds a colon that separates nothing.
const PART = /(?:^[A-Za-z]:(?=[\\/])|\$\{[^}]*\}|[^:])+/g;

function short(text: string, volumes: Record<string, unknown>): ComposeMount | undefined {
  const parts = text.match(PART) ?? [];
  const [source = '', target, mode = ''] = parts;
  if (target === undefined) return source.startsWith('/') ? { kind: 'volume', target: source, readOnly: false } : undefined;
  const readOnly = mode.split(',').includes('ro');
  if (/^[./~$\\]|^[A-Za-z]:[\\/]/.test(source)) return { kind: 'bind', source, target, readOnly };
  return named(source, target, readOnly, volumes);
}

function named(source: string | undefined, target: string, readOnly: boolean, volumes: Record<string, unknown>): ComposeMount {
  const declared = source === undefined ? undefined : (volumes[source] as Record<string, unknown> | null | undefined);
  const options = declared?.driver_opts as Record<string, unknown> | undefined;
  const type = String(options?.type ?? '');
  const device = typeof options?.device === 'string' ? resolveVariables(options.device).text : undefined;
  if (/^(cifs|smb\w*)$/.test(type) && device) return { kind: 'cifs', source: device, target, readOnly };
  if (/^nfs4?$/.test(type) && device) return { kind: 'nfs', source: device, target, readOnly };
  const bound = device && /bind/.test(String(options?.o ?? ''));
  if (bound) return { kind: 'bind', source: device, target, readOnly };
  return { kind: 'volume', ...(source === undefined ? {} : { source }), target, readOnly };
}
