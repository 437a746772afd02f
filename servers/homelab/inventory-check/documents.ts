import { posix } from 'node:path';
import { isMadeUp } from '@homelab/shared/inventory/compose.ts';
import type { SourceFile } from '../client/document.ts';
import { type Finding, finding } from './finding.ts';
import type { Prepared } from './subject.ts';

/** Links in documents that lead nowhere, and documents that are older than what they describe. */
export function documentFaults(subject: Prepared): Finding[] {
  const pages = subject.files.filter(({ path }) => /\.(md|markdown)$/i.test(path) && !isMadeUp(path));
  return [...pages.flatMap((page) => linkFaults(page, subject)), ...ages(subject)];
}

interface Link {
  target: string;
  line: number;
  column: number;
}

// Both end at a space or bracket, so that the time stays linear.
const INLINE = /\]\(\s*(<[^<>\n]{1,500}>|[^()\s<>]{1,500}(?:\([^()\s]{0,100}\)[^()\s]{0,200})?)(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)/g;
const REFERENCE = /^ {0,3}\[[^\]\n]{1,200}\]:\s+(<[^<>\n]{1,500}>|\S{1,500})/;
const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#?$)|[{}$*|]/i;

const LONG_LINE = 20_000;

function linksOf(text: string): Link[] {
  const links: Link[] = [];
  let fence = '';
  text.split('\n').forEach((line, index) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark) {
      if (fence === '') fence = mark;
      else if (mark[0] === fence[0] && mark.length >= fence.length) fence = '';
      return;
    }
    if (fence !== '') return;
    // Code keeps its length, so columns stay true. A line no person wrote is not worth the time its code could take.
    const prose = line.length > LONG_LINE ? line : line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, (code) => ' '.repeat(code.length));
    const add = (target: string, at: number) => links.push({ target: target.replace(/^<|>$/g, ''), line: index + 1, column: at + 1 });
    for (const match of prose.matchAll(INLINE)) add(match[1] ?? '', match.index + match[0].indexOf(match[1] ?? ''));
    const reference = REFERENCE.exec(prose);
    if (reference && !prose.trimStart().startsWith('[^')) add(reference[1] ?? '', prose.indexOf(reference[1] ?? ''));
  });
  return links;
}

/** Links of one page that lead nowhere within the repository. */
export function linkFaults(page: Pick<SourceFile, 'path' | 'text'>, subject: Pick<Prepared, 'files' | 'exists' | 'anchors'>): Finding[] {
  return linksOf(page.text).flatMap(({ target, line, column }) => {
    if (ELSEWHERE.test(target)) return [];
    const place = { file: page.path, line, column };
    const [written = '', anchor = ''] = decoded(target).split('#', 2);
    const bare = written.replace(/\?.*$/, '');
    const from = bare.startsWith('/') ? '.' : posix.dirname(page.path);
    const path = bare === '' ? page.path : posix.join(from, bare).replace(/\/$/, '');
    const found = path === '.' ? path : [path, `${path}.md`, `${path}/index.md`, `${path}/_index.md`].find(subject.exists);
    if (found === undefined)
      return [finding('dead-link', place, `the link to ${written} leads nowhere`, 'Correct the path or take the link out.')];
    const file = subject.files.find((one) => one.path === found);
    if (anchor === '' || !file || !/\.(md|markdown)$/i.test(found) || /^L\d+/.test(anchor)) return [];
    if (subject.anchors(file).some((one) => one.toLowerCase() === anchor.toLowerCase()) || marks(file.text, anchor)) return [];
    return [finding('dead-anchor', place, `${found} has no heading #${anchor}`, 'Name a heading that is there.')];
  });
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

/** An anchor set by hand in HTML. */
function marks(text: string, anchor: string): boolean {
  return ['id', 'name'].some((key) => text.includes(`${key}="${anchor}"`) || text.includes(`${key}='${anchor}'`));
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** One finding for a page, with the newest of the services it describes. Decisions are never edited after the fact and so never stale. */
function ages({ inventory, files, history }: Prepared): Finding[] {
  if (history !== true) {
    return [
      finding(
        'stale-document',
        undefined,
        `which documents are older than what they describe cannot be told: ${history}`,
        'Point HOMELAB_REPO at a full clone.',
        'undetermined',
      ),
    ];
  }
  const byPath = new Map(files.map((file) => [file.path, file]));
  const newest = new Map<string, { name: string; changed: Date }>();
  for (const { value, place } of inventory.services) {
    const own = [place.file, value.runtime.file ?? ''].flatMap((path) => byPath.get(path)?.changed ?? []);
    const changed = own.sort((a, b) => b.getTime() - a.getTime())[0];
    if (!changed) continue;
    const named = [...value.docs, ...value.runbooks];
    for (const path of named) if (changed > (newest.get(path)?.changed ?? new Date(0))) newest.set(path, { name: value.name, changed });
  }
  return [...newest].flatMap(([path, service]) => {
    const page = byPath.get(path);
    if (!page?.changed || page.kind === 'decision' || service.changed.getTime() - page.changed.getTime() < DAY_MS) return [];
    const day = (date: Date) => date.toISOString().slice(0, 10);
    const sentence = `written ${day(page.changed)}, while ${service.name} changed on ${day(service.changed)}`;
    return [finding('stale-document', { file: path, line: 1, column: 1 }, sentence, 'Read it again and say what is new.')];
  });
}
