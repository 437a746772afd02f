import { nearest } from '@homelab/shared/render/nearest.ts';
import type { Kind, SourceFile } from '../client/document.ts';
import type { Ref } from './ref.ts';
import { keyOf } from './section.ts';

/** Where references are looked up. */
export interface Shelves {
  files: readonly SourceFile[];
  /** The file at an exact path, links followed. */
  file(path: string): SourceFile | undefined;
  /** A file's title, as it says itself. */
  titleOf(file: SourceFile): string;
}

/** The file a reference names; `loose` when it was taken for the nearest one, `others` are further files of that name. */
export interface Resolved {
  file?: SourceFile;
  loose: boolean;
  others: SourceFile[];
}

const ORDER: readonly Kind[] = ['runbook', 'decision', 'service', 'doc', 'compose', 'config'];
const ENDINGS = ['.md', '/README.md', '/readme.md', '.yaml', '.yml', '/compose.yaml', '/docker-compose.yml', '/service.yaml'];
const OTHERS = 5;

/** Finds the file a reference means: by path, by decision number, by name, by title, and at last by likeness. */
export function resolveRef(ref: Ref, shelves: Shelves): Resolved {
  const name = ref.name.replace(/\/+$/, '');
  if (ref.decision !== undefined) {
    const byNumber = shelves.files.filter((file) => file.kind === 'decision' && numberOf(file.path) === ref.decision);
    if (byNumber.length > 0) return chosen(byNumber);
  }
  const exact = shelves.file(name) ?? ENDINGS.map((ending) => shelves.file(name + ending)).find(Boolean);
  if (exact) return { file: exact, loose: false, others: [] };
  const lower = name.toLowerCase();
  const key = keyOf(name);
  const plain = keyOf(name.replace(/\b(runbook|guide|doc|docs|document|service|page|adr|decision)s?\b/gi, ''));
  const prose = shelves.files.filter(({ kind }) => kind !== 'config' && kind !== 'compose');
  const rules: ((wanted: string) => SourceFile[])[] = [
    () => shelves.files.filter(({ path }) => path.toLowerCase() === lower),
    () => shelves.files.filter(({ path }) => path.toLowerCase().endsWith(`/${lower}`)),
    (wanted) => shelves.files.filter(({ path }) => keyOf(stemOf(path)) === wanted),
    (wanted) => prose.filter((file) => keyOf(shelves.titleOf(file)) === wanted),
    (wanted) => shelves.files.filter(({ path }) => /(^|\/)readme\.md$/i.test(path) && keyOf(path.split('/').at(-2) ?? '') === wanted),
    (wanted) => prose.filter(({ path }) => keyOf(stemOf(path).replace(/^\d+-/, '')) === wanted),
  ];
  for (const wanted of plain !== '' && plain !== key ? [key, plain] : [key]) {
    if (wanted === '') break;
    for (const rule of rules) {
      const found = rule(wanted);
      if (found.length > 0) return chosen(found);
    }
  }
  return likeness(name, shelves);
}

/** A slip of the pen is read as what it was meant to be; anything further away is only offered. */
function likeness(name: string, shelves: Shelves): Resolved {
  const stems = Map.groupBy(shelves.files, ({ path }) => stemOf(path).toLowerCase());
  const wanted = stemOf(name).toLowerCase();
  const slip = wanted.length >= 4 ? nearest(wanted, stems.keys()) : undefined;
  const close = slip !== undefined && Math.abs(slip.length - wanted.length) <= 2 ? stems.get(slip) : undefined;
  const words = name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
  const score = (file: SourceFile) => {
    const text = `${file.path} ${file.kind === 'config' ? '' : shelves.titleOf(file)}`.toLowerCase();
    return words.filter((word) => text.includes(word)).length;
  };
  const alike = shelves.files
    .map((file) => ({ file, score: score(file) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score || rank(a.file) - rank(b.file))
    .map(({ file }) => file);
  const offered = [...new Set([...(close ?? []), ...alike])].slice(0, OTHERS);
  const sure = close?.length === 1 && slip !== undefined && differByFew(slip, wanted) ? close[0] : undefined;
  return sure ? { file: sure, loose: true, others: offered.filter((file) => file !== sure) } : { loose: true, others: offered };
}

function differByFew(a: string, b: string): boolean {
  // Two names that share all but two letters of the shorter one; anything less is another name.
  const rest = [...b];
  for (const letter of a) {
    const at = rest.indexOf(letter);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest.length <= 2 && Math.abs(a.length - b.length) <= 2;
}

function chosen(files: readonly SourceFile[]): Resolved {
  const [file, ...others] = files.toSorted((a, b) => rank(a) - rank(b) || a.path.split('/').length - b.path.split('/').length);
  return { ...(file && { file }), loose: false, others: others.slice(0, OTHERS) };
}

function rank(file: SourceFile): number {
  return ORDER.indexOf(file.kind);
}

function numberOf(path: string): number | undefined {
  const digits = /(?:^|[^\d])(\d{1,5})[-_. ][^/]*$/.exec(path.split('/').at(-1) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A file's name without its endings; a README and a compose file go by their folder's name too, but not here. */
function stemOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/(?<=.)\.[a-z0-9.]{1,14}$/i, '');
}
