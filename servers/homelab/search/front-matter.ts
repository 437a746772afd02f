import { parse } from 'yaml';

/** What the head of a markdown file says of it; `lines` is how many lines the head takes. */
export interface FrontMatter {
  lines: number;
  title?: string;
  status?: string;
  /** Tags, aliases, services, alerts and the like, as one text. */
  tags: string;
}

const LONGEST = 200;
const STATUS = 80;

/** Reads front matter between `---` lines; a head that is no YAML mapping counts as text. */
export function frontMatter(lines: readonly string[]): FrontMatter {
  const none = { lines: 0, tags: '' };
  if (lines[0]?.trimEnd() !== '---') return none;
  const end = lines.slice(1, LONGEST).findIndex((line) => /^(?:---|\.\.\.)\s*$/.test(line));
  if (end < 0) return none;
  const head = mapping(lines.slice(1, end + 1).join('\n'));
  if (!head) return none;
  const { title, status, superseded_by: successor, ...rest } = head;
  const stated = typeof successor === 'string' ? `superseded by ${successor}` : status;
  return {
    lines: end + 2,
    ...(typeof title === 'string' && { title }),
    ...(typeof stated === 'string' && { status: stated.slice(0, STATUS) }),
    tags: Object.values(rest).flatMap(texts).join(' '),
  };
}

function mapping(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = parse(text, { maxAliasCount: 0, logLevel: 'silent' });
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function texts(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string' || typeof item === 'number').map(String) : [];
}
