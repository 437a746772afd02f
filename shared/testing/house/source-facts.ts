import { parseAst } from 'vitest/node';

/** One file as the rules see it: its path from the project's root with forward slashes, and its text. */
export interface Source {
  path: string;
  text: string;
}

/** One import of a file; `module` is undefined where the argument of `import()` is no literal. */
export interface Import {
  module: string | undefined;
  typesOnly: boolean;
  line: number;
}

/** What the house rules want to know about one file; `line` counts from 1. */
export interface SourceFacts {
  imports: Import[];
  environment: number[];
  fetches: number[];
  defaultExports: number[];
  /** `test.skip(` and its kin: tests that do not run and do not say why. */
  skips: number[];
}

interface Node {
  type: string;
  start: number;
  // biome-ignore lint/suspicious/noExplicitAny: an ESTree node has other fields for every type
  [field: string]: any;
}

const SUITES = ['test', 'it', 'describe', 'suite'];
const SKIPS = ['skip', 'only', 'todo', 'skipIf', 'runIf'];

const textOf = (node: Node | undefined): string | undefined => (typeof node?.value === 'string' ? node.value : undefined);

const named = (node: Node | undefined, name: string): boolean => (node?.type === 'Identifier' ? node.name === name : textOf(node) === name);

/** `process`, `globalThis.process` and so on. */
const isGlobal = (node: Node | undefined, name: string): boolean =>
  named(node, name) || (node?.type === 'MemberExpression' && named(node.object, 'globalThis') && named(node.property, name));

/** True for `import type`, and for braces in which every name is marked `type`. */
function typesOnly(node: Node): boolean {
  if ((node.importKind ?? node.exportKind) === 'type') return true;
  const names: Node[] = node.specifiers ?? [];
  return names.length > 0 && names.every((one) => (one.importKind ?? one.exportKind) === 'type');
}

/** Reads one TypeScript file with a real parser, so that comments and strings cannot fool a rule. Throws the parser's error for broken source. */
export function sourceFacts({ path, text }: Source): SourceFacts {
  const facts: SourceFacts = { imports: [], environment: [], fetches: [], defaultExports: [], skips: [] };
  const lineOf = (node: Node): number => text.slice(0, node.start).split('\n').length;
  const add = (node: Node, module: string | undefined, types = false): void => {
    facts.imports.push({ module, typesOnly: types, line: lineOf(node) });
    if (module === 'process' || module === 'node:process') {
      if ((node.specifiers ?? []).some((one: Node) => named(one.imported, 'env'))) facts.environment.push(lineOf(node));
    }
  };
  const look = (node: Node): void => {
    if (node.type === 'ImportDeclaration') add(node, node.source.value, typesOnly(node));
    if (node.type === 'ExportAllDeclaration' || node.type === 'ExportNamedDeclaration') {
      if (node.source) add(node, node.source.value, typesOnly(node));
      if ((node.specifiers ?? []).some((one: Node) => named(one.exported, 'default'))) facts.defaultExports.push(lineOf(node));
    }
    if (node.type === 'ImportExpression') add(node, textOf(node.source));
    if (node.type === 'TSImportType') add(node, textOf(node.source ?? node.argument?.literal ?? node.argument), true);
    if (node.type === 'CallExpression' && named(node.callee, 'require')) add(node, textOf(node.arguments[0]));
    if (node.type === 'ExportDefaultDeclaration') facts.defaultExports.push(lineOf(node));
    if (node.type === 'MemberExpression' && isGlobal(node.object, 'process') && named(node.property, 'env'))
      facts.environment.push(lineOf(node));
    if (node.type === 'VariableDeclarator' && isGlobal(node.init, 'process') && node.id.type === 'ObjectPattern') {
      if (node.id.properties.some((one: Node) => named(one.key, 'env'))) facts.environment.push(lineOf(node));
    }
    if (node.type === 'CallExpression' && isGlobal(node.callee, 'fetch')) facts.fetches.push(lineOf(node));
    if (
      node.type === 'MemberExpression' &&
      SUITES.some((one) => named(node.object, one)) &&
      SKIPS.some((one) => named(node.property, one))
    ) {
      facts.skips.push(lineOf(node));
    }
  };
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (typeof (value as Node).type === 'string') look(value as Node);
    for (const child of Object.values(value)) walk(child);
  };
  walk(parseAst(text, { lang: 'ts' }, path));
  return facts;
}
