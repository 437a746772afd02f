import { readFileSync, statSync } from 'node:fs';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { Fault } from '../faults.ts';
import { knownKeys, meantKey } from './known-keys.ts';
import { nestsTooDeeply } from './yaml-depth.ts';

/** One thing that is wrong in a file; line and column count from 1. */
export interface FileProblem {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** `value` is there exactly when `problems` is empty. `at` tells where a path of keys stands, for checks beyond the shape. */
export interface YamlReading<Value> {
  value?: Value;
  problems: FileProblem[];
  at: (path: readonly PropertyKey[]) => { line: number; column: number };
}

const SIZE_LIMIT = 1024 * 1024;
// SECURITY: without a bound, ten lines of nested aliases expand to gigabytes.
const ALIAS_LIMIT = 100;

/** Reads a YAML (or JSON) file into `shape`, with every problem at its line; a file that cannot be read throws a Fault. */
export function readYaml<Shape extends z.ZodType>(file: string, shape: Shape): YamlReading<z.output<Shape>> {
  let content: Buffer;
  try {
    const stat = statSync(file);
    if (!stat.isFile()) throw new Fault('invalid_input', `${file} is no file.`);
    // SECURITY: looked at before it is read; a huge file would fill the memory first.
    if (stat.size > SIZE_LIMIT) throw tooLarge(file);
    content = readFileSync(file);
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new Fault(code === 'ENOENT' ? 'not_found' : 'unavailable', `${file} cannot be read (${code}).`, { cause });
  }
  if (content.byteLength > SIZE_LIMIT) throw tooLarge(file);
  return parseYaml(content.toString('utf8'), file, shape);
}

function tooLarge(file: string): Fault {
  return new Fault('invalid_input', `${file} is larger than 1 MiB.`);
}

/** As `readYaml`, for text that is already there; `file` is the name that problems carry. */
export function parseYaml<Shape extends z.ZodType>(content: string, file: string, shape: Shape): YamlReading<z.output<Shape>> {
  const source = content.replace(/^\uFEFF/, '');
  const lines = new LineCounter();
  let at: YamlReading<unknown>['at'] = () => ({ line: 1, column: 1 });
  const failed = (problems: Omit<FileProblem, 'file'>[]) => ({ problems: problems.map((problem) => ({ file, ...problem })), at });
  if (nestsTooDeeply(source)) return failed([{ line: 1, column: 1, message: 'is nested too deeply' }]);
  try {
    // Compose and people write merges (`<<: *base`), which YAML 1.2 left out.
    const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, merge: true });
    at = (path) => place(document, lines, path);
    // An unknown tag is only a warning to the parser, but its value would silently be read as something else.
    const broken = [...document.errors, ...document.warnings];
    // The parser may point at the line break before the trouble.
    const start = (offset: number) => position(lines, offset + (/^\s*/.exec(source.slice(offset, offset + 200))?.[0].length ?? 0));
    // The parser turns its own full stack into an error of every open bracket.
    if (broken.some(({ message }) => /call stack/.test(message))) throw new RangeError('nested');
    if (broken.length > 0) return failed(broken.map(({ pos, message }) => ({ ...start(pos[0]), message: oneLine(message) })));
    const loose = looseAlias(document);
    if (loose) return failed([{ ...start(loose.offset), message: `*${oneLine(loose.name)} has no anchor before it` }]);
    const parsed = shape.safeParse(document.toJS({ maxAliasCount: ALIAS_LIMIT }));
    if (parsed.success) return { value: parsed.data, problems: [], at };
    return failed(parsed.error.issues.flatMap((issue) => told(issue, at, shape)));
  } catch (error) {
    // The parser throws for the alias limit, and runs out of stack on thousands of nested brackets.
    if (error instanceof ReferenceError) return failed([{ line: 1, column: 1, message: 'expands too many aliases' }]);
    if (error instanceof RangeError) return failed([{ line: 1, column: 1, message: 'is nested too deeply' }]);
    throw error;
  }
}

/** Problems as one text, a line each: `file:line:column message`. */
export function fileProblemsText(problems: readonly FileProblem[]): string {
  return problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n');
}

function told(
  issue: z.core.$ZodIssue,
  at: YamlReading<unknown>['at'],
  shape: z.ZodType,
  above: readonly PropertyKey[] = [],
): Omit<FileProblem, 'file'>[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(shape, path);
    return issue.keys.map((key) => {
      const meant = meantKey(key, known);
      return { ...at([...path, key]), message: `${named([...path, key])} is not known here${meant ? `; did you mean ${meant}?` : ''}` };
    });
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The alternative with the deepest first problem is the one that was meant.
    const depth = (issues: readonly z.core.$ZodIssue[]) => issues[0]?.path.length ?? 0;
    const meant = issue.errors.reduce((best, next) => (depth(next) > depth(best) ? next : best));
    if (depth(meant) > 0) return meant.flatMap((inner) => told(inner, at, shape, path));
  }
  const missing = issue.code === 'invalid_type' && /received undefined$/.test(issue.message);
  return [{ ...at(path), message: `${named(path)} ${missing ? 'is missing' : `is wrong: ${oneLine(issue.message)}`}` }];
}

/** `hosts[2].address`, as a person would write it. */
function named(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index ? '.' : ''}${String(key)}`)).join('');
}

/** The line of the last key on `path` that exists: a missing key is told at the map that lacks it. */
function place(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): { line: number; column: number } {
  let node: Node | null | undefined = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const key of path) {
    const solid: Node | null | undefined = isAlias(node) ? node.resolve(document) : node;
    if (isMap(solid)) {
      const pair = solid.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(solid)) {
      const item = solid.items[Number(key)] as Node | undefined;
      if (!item) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return position(lines, offset);
}

/** The first alias that points at nothing. */
function looseAlias(document: Document.Parsed): { name: string; offset: number } | undefined {
  const anchors = new Set<string>();
  let found: { name: string; offset: number } | undefined;
  visit(document, {
    Node(_key, node) {
      if (!isAlias(node)) {
        if (node.anchor) anchors.add(node.anchor);
        return undefined;
      }
      if (anchors.has(node.source)) return undefined;
      found = { name: node.source, offset: node.range?.[0] ?? 0 };
      return visit.BREAK;
    },
  });
  return found;
}

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, ' ').slice(0, 200);
}
