import type { Section } from './section.ts';

/** The keys of a YAML text down to `levels` mappings, by indentation, so that templates and broken files have them too. */
export function yamlKeys(text: string, levels = 2): Section[] {
  const lines = text.split('\n');
  const open: { indent: number; section: Section }[] = [];
  const found: Section[] = [];
  const close = (line: number, indent: number) => {
    while ((open.at(-1)?.indent ?? -1) >= indent) {
      const last = open.pop()?.section;
      if (last) last.to = lastText(lines, line - 1);
    }
  };
  lines.forEach((line, at) => {
    const indent = line.search(/\S/);
    if (indent < 0 || line[indent] === '#') return;
    close(at + 1, indent);
    const key = /^\s*["']?([^\s"'#:[\]{},&*!|>%@-][^"'#:]*)["']?\s*:(\s|$)/.exec(line)?.[1];
    if (key === undefined || open.length >= levels || (indent > 0 && open.length === 0)) return;
    const trail = open.map(({ section }) => section.title);
    const section = { anchor: [...trail, key].join('.'), title: key, trail, from: at + 1, to: at + 1, depth: open.length };
    open.push({ indent, section });
    found.push(section);
  });
  close(lines.length + 1, 0);
  return found;
}

function lastText(lines: readonly string[], from: number): number {
  let at = from;
  while (at > 1 && (lines[at - 1] ?? '').trim() === '') at--;
  return at;
}
