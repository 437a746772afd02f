import { anchors, type Chunk, type Chunked, ranges } from './chunk.ts';

const SMALL = 45;

interface Block {
  key: string;
  /** The line of the key itself; comments above it may come before. */
  line: number;
  from: number;
  to: number;
}

/** Cuts YAML without parsing it, so that templates and broken files are found too: one chunk per compose service, per document and per large top-level key. */
export function yamlChunks(text: string, name: string, compose: boolean): Chunked {
  const lines = text.split('\n');
  const anchorOf = anchors();
  const chunks: Chunk[] = [];
  const add = (title: string, trail: string[], from: number, to: number) => {
    const anchor = anchorOf(title);
    for (const [start, end] of ranges(lines, from, to)) {
      const body = lines.slice(start, end).join('\n');
      if (body.trim() !== '') chunks.push({ anchor, title, trail, startLine: start + 1, endLine: end, text: body, tags: edges(body) });
    }
  };
  for (const [from, to] of documents(lines)) {
    const title = titleOf(lines, from, to) ?? name;
    const top = blocks(lines, from, to, 0);
    const services = compose ? top.find(({ key }) => key === 'services') : undefined;
    if (services) {
      const rest = top.filter((block) => block !== services);
      for (const { key, from: start, to: end } of within(lines, services)) add(key, [], start, end);
      for (const [start, end] of merged(rest)) add(rest.find((block) => block.from === start)?.key ?? name, [name], start, end);
    } else if (to - from <= SMALL || top.length === 0) add(title, [], from, to);
    else split(lines, top, title, [], add);
  }
  return { title: name, tags: '', chunks };
}

function split(
  lines: readonly string[],
  parts: Block[],
  title: string,
  trail: string[],
  add: (title: string, trail: string[], from: number, to: number) => void,
): void {
  for (const [from, to] of merged(parts)) {
    const inside = parts.filter((part) => part.from >= from && part.to <= to);
    const [only] = inside;
    const deeper = only && inside.length === 1 && to - from > SMALL * 2 ? within(lines, only) : [];
    if (only && deeper.length > 1 && trail.length < 2) split(lines, deeper, only.key, [...trail, title], add);
    else add(inside.length > 1 || !only ? `${inside[0]?.key ?? title}` : only.key, [...trail, title], from, to);
  }
}

/** The blocks one level below; the lines from the parent's start belong to the first. */
function within(lines: readonly string[], { line, from, to }: Block): Block[] {
  const inner = blocks(lines, line + 1, to, indentOf(lines, line + 1, to));
  if (inner[0]) inner[0].from = from;
  return inner;
}

/** Neighbouring blocks put together while they stay small. */
function merged(parts: readonly Block[]): [number, number][] {
  const out: [number, number][] = [];
  for (const { from, to } of parts) {
    const last = out.at(-1);
    if (last && to - last[0] <= SMALL && last[1] === from) last[1] = to;
    else out.push([from, to]);
  }
  return out;
}

function documents(lines: readonly string[]): [number, number][] {
  const cut: [number, number][] = [];
  let from = 0;
  lines.forEach((line, at) => {
    if (!/^---(?:\s|$)/.test(line)) return;
    if (lines.slice(from, at).some((above) => /^[^\s#]/.test(above) && !above.startsWith('---'))) {
      cut.push([from, at]);
      from = at;
    }
  });
  cut.push([from, lines.length]);
  return cut;
}

/** The mappings and list items that start at one indent; a comment right above belongs to the block below it. */
function blocks(lines: readonly string[], from: number, to: number, indent: number): Block[] {
  const found: Block[] = [];
  let first = from;
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? '';
    const key = line.search(/\S/) === indent && !/^\s*(?:#|---)/.test(line) ? keyOf(line) : undefined;
    if (key === undefined) continue;
    first = at;
    while (first > from && /^\s*#/.test(lines[first - 1] ?? '')) first--;
    const last = found.at(-1);
    if (last) last.to = first;
    else first = from;
    found.push({ key, line: at, from: first, to });
  }
  return found;
}

function keyOf(line: string): string | undefined {
  const item =
    /^\s*-\s+(?:(?:name|alias|job_name|id|title|alert|host|hosts|domain|key|record)\s*:\s*)?["']?([^"'#]+?)["']?\s*:?\s*(?:#.*)?$/.exec(
      line,
    )?.[1];
  return item ?? /^\s*["']?([^\s"'#:][^"'#]*?)["']?\s*:(?:\s|$)/.exec(line)?.[1];
}

function indentOf(lines: readonly string[], from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? '';
    if (line.trim() !== '' && !/^\s*#/.test(line)) return line.search(/\S/);
  }
  return 0;
}

function titleOf(lines: readonly string[], from: number, to: number): string | undefined {
  const body = lines.slice(from, Math.min(to, from + 40)).join('\n');
  const kind = /^kind:\s*(\w+)/m.exec(body)?.[1];
  const name = /^(?:metadata:\n(?: .*\n|\s*#.*\n)*? {1,4})?name:\s*["']?([^\s"'#]+)/m.exec(body)?.[1];
  return kind || name ? [kind, name].filter(Boolean).join(' ') : undefined;
}

const EDGES =
  /^\s*-?\s*(?:image|container_name|hostname|repository|chart|host|domain|description|title|summary)\s*:\s*(.+)$|Host\(`([^`]+)`/gm;

/** The words by which others know a block: its image, container name, domains and descriptions. */
function edges(body: string): string {
  return [...body.matchAll(EDGES)]
    .map(([, value, host]) =>
      (host ?? value ?? '').replace(/(?:ghcr|docker|quay|lscr|gcr|registry)\.[\w.]+\/|@sha256\S*|:[\w.-]+(?=\s*$|@)/g, ' '),
    )
    .slice(0, 20)
    .join(' ');
}
