import { readFileSync } from 'node:fs';

/** A self-hosted program as the generated repositories know it. */
export interface Product {
  readonly key: string;
  readonly name: string;
  readonly image: string;
  readonly tag: string;
  readonly port: number;
  readonly category: string;
  readonly does: string;
  readonly gotcha: string;
  readonly env: readonly string[];
  readonly folders: readonly string[];
  readonly companions: readonly string[];
}

/** A repository as paths and their text. */
export type Corpus = Map<string, string>;

const read = (name: string): string => readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8');
const lines = (text: string): string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('# One') && !line.startsWith('# key'));
const words = (cell = ''): string[] => cell.split(',').filter(Boolean);

/** All products of data/products.psv, in file order. */
export function products(): Product[] {
  return lines(read('products.psv')).map((line) => {
    const [key = '', name = '', image = '', tag = '', port, category = '', does = '', gotcha = '', env, folders, companions] =
      line.split('|');
    return {
      ...{ key, name, image, tag, port: Number(port), category, does, gotcha },
      ...{ env: words(env), folders: words(folders), companions: words(companions) },
    };
  });
}

/** The sentence banks of data/banks.bundle by name. */
export function banks(): (name: string) => readonly string[] {
  const all = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines(read('banks.bundle'))) {
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    if (name) {
      current = [];
      all.set(name, current);
    } else current.push(line);
  }
  return (name) => all.get(name) ?? [];
}

/** All rows of a table in data/, cells split. */
export const rowsOf = (name: string): string[][] => lines(read(name)).map((line) => line.split('|'));

/** The rows of data/lists.psv of one kind, without the kind. */
export function rows(kind: string): string[][] {
  return rowsOf('lists.psv')
    .filter(([first]) => first === kind)
    .map((row) => row.slice(1));
}

/** The documents written by hand in data/written-N.bundle: "=== path" starts each. */
export function written(): Corpus {
  const corpus: Corpus = new Map();
  for (const name of ['written-1.bundle', 'written-2.bundle', 'written-3.bundle'])
    for (const part of read(name).split(/^=== /m).slice(1)) {
      const end = part.indexOf('\n');
      corpus.set(part.slice(0, end), part.slice(end + 1));
    }
  return corpus;
}
