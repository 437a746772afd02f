/** What a caller's reference asks for, before anything was looked up. */
export interface Ref {
  /** A path, a name or a title. */
  name: string;
  /** A heading's anchor or text. */
  heading?: string;
  /** 1-based, inclusive. */
  lines?: { from: number; to: number };
  /** A decision by its number. */
  decision?: number;
}

/** Takes apart `path`, `path#heading`, `path:L10-40`, `ADR 7`, `0007`, `homelab://docs/path`, a name or a title. */
export function parseRef(text: string): Ref {
  const bare = text
    .trim()
    .replace(/^\[[^\]]*\]\(([^)]*)\)$/, '$1')
    .replace(/^[`"'<]+|[`"'>]+$/g, '')
    .replace(/^homelab:\/\/docs\/(.*)$/, (_, path: string) => decoded(path))
    .replace(/^(\.\/)+/, '')
    .trim();
  const numbered = /^(?:(?:adr|decision|decision record)\s*(?:no\.?|#|-|:)?\s*(\d{1,5})|(\d{3,5}))$/i.exec(bare);
  if (numbered) return { name: bare, decision: Number(numbered[1] ?? numbered[2]) };
  const ranged = /^(.+?)(?::L?|#L)(\d+)(?:\s*[-\u2013]\s*L?(\d+))?$/.exec(bare);
  if (ranged) {
    const [from, to] = [Number(ranged[2]), Number(ranged[3] ?? ranged[2])];
    return { name: (ranged[1] ?? '').trim(), lines: { from: Math.min(from, to), to: Math.max(from, to) } };
  }
  const at = bare.indexOf('#');
  if (at > 0) return { name: bare.slice(0, at).trim(), heading: bare.slice(at + 1).trim() };
  return { name: bare };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
