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
  /** True when a file says or its path shows that it is no longer current. */
  isStale(file: SourceFile): boolean;
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

/** Finds the file a reference means: by path, by decision number, by name, by title, and at last by a slip of the pen. Current files come first. */
export function resolveRef(ref: Ref, shelves: Shelves): Resolved {
  const name = ref.name.replace(/\/+$/, '');
  const chosen = (files: readonly SourceFile[], loose = false): Resolved => {
    const [file, ...others] = files.toSorted(
      (a, b) =>
        Number(shelves.isStale(a)) - Number(shelves.isStale(b)) ||
        ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
        a.path.split('/').length - b.path.split('/').length,
    );
    return { ...(file && { file }), loose, others: others.slice(0, OTHERS) };
  };
  if (ref.decision !== undefined) {
    const byNumber = shelves.files.filter((file) => file.kind === 'decision' && numberOf(file.path) === ref.decision);
    if (byNumber.length > 0) return chosen(byNumber);
  }
  const exact = shelves.file(name) ?? ENDINGS.map((ending) => shelves.file(name + ending)).find(Boolean);
  if (exact) return { file: exact, loose: false, others: [] };
  const prose = shelves.files.filter(({ kind }) => kind !== 'config' && kind !== 'compose');
  const lower = name.toLowerCase();
  const rules: ((wanted: string) => SourceFile[])[] = [
    () => shelves.files.filter(({ path }) => path.toLowerCase() === lower),
    () => shelves.files.filter(({ path }) => path.toLowerCase().endsWith(`/${lower}`)),
    (wanted) => shelves.files.filter(({ path }) => keyOf(stemOf(path)) === wanted),
    (wanted) => prose.filter((file) => keyOf(shelves.titleOf(file)) === wanted),
    (wanted) => shelves.files.filter(({ path }) => /(^|\/)readme\.md$/i.test(path) && keyOf(path.split('/').at(-2) ?? '') === wanted),
    (wanted) => prose.filter(({ path }) => keyOf(stemOf(path).replace(/^\d+-/, '')) === wanted),
  ];
  for (const wanted of new Set([keyOf(name), keyOf(name.replace(FILLERS, ' '))])) {
    for (const rule of wanted === '' ? [] : rules) {
      const found = rule(wanted);
      if (found.length > 0) return chosen(found);
    }
  }
  return chosen(slips(name, shelves.files), true);
}

const FILLERS = /\b(the|a|an|my|our|for|of|on|runbook|guide|docs?|document|service|page|adr|decision)s?\b/gi;

/** Files whose name differs from what was written by a letter or two. */
function slips(name: string, files: readonly SourceFile[]): SourceFile[] {
  const stems = Map.groupBy(files, ({ path }) => stemOf(path).toLowerCase());
  const wanted = stemOf(name).toLowerCase();
  const meant = wanted.length >= 4 ? nearest(wanted, stems.keys()) : undefined;
  return meant !== undefined && differByFew(meant, wanted) ? (stems.get(meant) ?? []) : [];
}

function differByFew(a: string, b: string): boolean {
  const rest = [...b];
  for (const letter of a) {
    const at = rest.indexOf(letter);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest.length <= 2 && Math.abs(a.length - b.length) <= 2;
}

function numberOf(path: string): number | undefined {
  const digits = /(?:^|[^\d])(\d{1,5})[-_. ][^/]*$/.exec(path.split('/').at(-1) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A file's name without its endings; a README and a compose file go by their folder's name too, but not here. */
function stemOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/(?<=.)\.[a-z0-9.]{1,14}$/i, '');
}
