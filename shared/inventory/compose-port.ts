import { resolveVariables } from './compose-variables.ts';

/** One entry of `ports`: `count` neighbouring ports from `published` on the host to `target` in the container. */
export interface ComposePort {
  /** Address it is bound to; every address of the host without it. */
  address?: string;
  /** Absent where Docker picks a free one. */
  published?: number;
  target: number;
  count: number;
  protocol: 'tcp' | 'udp';
  /** The defaults of variables are in these numbers. */
  defaulted: boolean;
}

const SHORT = /^(?:(?:\[([0-9a-fA-F:.]+)\]|(\d+\.\d+\.\d+\.\d+|localhost)):)?(?:(\d*(?:-\d+)?):)?(\d+(?:-\d+)?)(?:\/(tcp|udp|sctp))?$/;

/** Reads one entry of `ports`, short or long; undefined when it is none, or the names of variables that nobody set. */
export function composePort(entry: unknown): ComposePort | { unknown: string[] } | undefined {
  if (typeof entry === 'number') return made({ target: String(entry) });
  if (typeof entry === 'string') {
    const { text, unknown } = resolveVariables(entry);
    if (unknown.length > 0) return { unknown };
    const match = SHORT.exec(text.trim());
    if (!match) return undefined;
    const [, six, four, published, target = '', protocol] = match;
    return made({ address: six ?? four, published, target, protocol, defaulted: text !== entry });
  }
  if (typeof entry !== 'object' || entry === null) return undefined;
  const long = entry as Record<string, unknown>;
  const raw = [long.target, long.published, long.host_ip].map((value) => (value === undefined || value === null ? '' : String(value)));
  const resolved = raw.map((text) => resolveVariables(text));
  const unknown = resolved.flatMap((one) => one.unknown);
  if (unknown.length > 0) return { unknown };
  const [target = '', published = '', address = ''] = resolved.map((one) => one.text);
  const defaulted = resolved.some((one, index) => one.text !== raw[index]);
  return made({ address, published, target, protocol: String(long.protocol ?? 'tcp'), defaulted });
}

function made(parts: {
  target: string;
  address?: string | undefined;
  published?: string | undefined;
  protocol?: string | undefined;
  defaulted?: boolean;
}): ComposePort | undefined {
  const target = range(parts.target);
  const published = range(parts.published ?? '');
  if (!target || (parts.published && !published)) return undefined;
  // A wider range on the host than in the container means: any free one of it.
  const fixed = published && published.count === target.count;
  const address = parts.address && !/^(0\.0\.0\.0|::)$/.test(parts.address) ? parts.address : undefined;
  return {
    ...(address ? { address: address === 'localhost' ? '127.0.0.1' : address } : {}),
    ...(fixed ? { published: published.from } : {}),
    target: target.from,
    count: target.count,
    protocol: parts.protocol === 'udp' ? 'udp' : 'tcp',
    defaulted: parts.defaulted ?? false,
  };
}

function range(text: string): { from: number; count: number } | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from >= 1 && to <= 65_535 && to >= from ? { from, count: to - from + 1 } : undefined;
}
