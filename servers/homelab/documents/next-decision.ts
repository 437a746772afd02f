import type { SourceFile } from '../client/document.ts';

/** Where the next decision goes and what its pages look like. */
export interface NextDecision {
  /** `decisions/0033-what-was-decided.md` */
  path: string;
  /** Front matter keys and headings of the newest page, as a page without its words. */
  template: string[];
  newest?: string;
}

const PLAIN = ['# {number} {title}', '', '## Context', '', '## Options', '', '## Decision', '', '## Consequences'];

/** The next free number with the title as its file name, and a template made from the newest decision. */
export function nextDecision(files: readonly SourceFile[], title: string): NextDecision {
  const numbered = files.flatMap(({ path, kind, text }) => {
    const match = kind === 'decision' ? /^(.*\/)?(adr-?)?(\d{1,5})[-_. ][^/]*$/i.exec(path) : null;
    return match ? [{ path, text, folder: match[1] ?? '', before: match[2] ?? '', digits: match[3] ?? '' }] : [];
  });
  const newest = numbered.toSorted((a, b) => Number(b.digits) - Number(a.digits))[0];
  const number = String(Number(newest?.digits ?? 0) + 1).padStart(newest?.digits.length ?? 4, '0');
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const template = newest ? skeletonOf(newest.text) : PLAIN;
  return {
    path: `${newest?.folder ?? 'decisions/'}${newest?.before ?? ''}${number}-${slug || 'title'}.md`,
    template: template.map((line) => line.replace('{number}', number).replace('{title}', title)),
    ...(newest && { newest: newest.path }),
  };
}

function skeletonOf(text: string): string[] {
  const lines = text.split('\n');
  const end = lines[0]?.trimEnd() === '---' ? lines.slice(1, 60).findIndex((line) => /^---\s*$/.test(line)) + 1 : 0;
  const keys = lines.slice(1, end).flatMap((line) => /^([\w-]+):/.exec(line)?.[1] ?? []);
  const headings = lines.slice(end).filter((line) => /^##\s/.test(line));
  const head = keys.length > 0 ? ['---', ...keys.map((key) => `${key}:${key === 'title' ? ' {title}' : ''}`), '---', ''] : [];
  return [
    ...head,
    '# {number} {title}',
    ...(headings.length > 0 ? headings : ['## Context', '## Options', '## Decision', '## Consequences']).flatMap((line) => ['', line]),
  ];
}
