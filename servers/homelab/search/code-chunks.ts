import { anchors, type Chunk, type Chunked, ranges } from './chunk.ts';

const LEAST = 12;
const MOST = 60;
const STARTS: readonly RegExp[] = [
  /^\[+([^\]]+)\]+\s*$/,
  /^(?:async\s+)?(?:def|class)\s+(\w+)/,
  /^(?:function\s+)?([\w-]+)\s*\(\)\s*\{?/,
  /^function\s+([\w-]+)/i,
  /^(?:resource|data|module|variable|provider|output)\s+"([^"]+)"(?:\s+"([^"]+)")?/,
  /^([\w.*-]+(?:,?\s+[\w.*:-]+)*)\s*\{\s*$/,
  /^ {0,4}((?:services|virtualisation|networking|programs|systemd|users|boot|hardware|environment)\.[\w.-]+)\s*=/,
  /^ {0,2}"([\w-]+)"\s*:\s*[[{]/,
  /^Host\s+(.+)$/,
];

/** Cuts configuration and scripts at their sections, functions and resources; what lies between stays with the one above. */
export function codeChunks(text: string, name: string): Chunked {
  const lines = text.split('\n');
  const anchorOf = anchors();
  const chunks: Chunk[] = [];
  const starts = lines.flatMap((line, at) => {
    const title = startOf(line);
    return title ? [{ at: backOverComments(lines, at), title }] : [];
  });
  let from = 0;
  let title = name;
  const close = (to: number) => {
    const anchor = title === name ? '' : anchorOf(title);
    for (const [start, end] of ranges(lines, from, to)) {
      const body = lines.slice(start, end).join('\n');
      if (body.trim() !== '')
        chunks.push({ anchor, title, trail: title === name ? [] : [name], startLine: start + 1, endLine: end, text: body, tags: '' });
    }
  };
  for (const next of starts) {
    if (next.at - from < LEAST && lines.length <= MOST) continue;
    if (next.at - from < LEAST && next.at > 0 && from > 0) continue;
    if (next.at > from) close(next.at);
    from = Math.max(from, next.at);
    title = next.title;
  }
  close(lines.length);
  return { title: name, tags: '', chunks };
}

function startOf(line: string): string | undefined {
  for (const start of STARTS) {
    const found = start.exec(line);
    if (found) return [found[1], found[2]].filter(Boolean).join(' ').slice(0, 80);
  }
  return undefined;
}

function backOverComments(lines: readonly string[], at: number): number {
  let first = at;
  while (first > 0 && /^\s*(?:#|\/\/|;|--)/.test(lines[first - 1] ?? '')) first--;
  return first;
}
