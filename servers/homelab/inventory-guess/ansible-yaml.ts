import { nestsTooDeeply } from '@homelab/shared/inventory/yaml-depth.ts';
import { isMap, isScalar, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { AnsibleHost } from './ansible-ini.ts';

const DEEPEST = 20;

/** Reads an inventory in YAML form; empty for a text that is none. */
export function ansibleYaml(text: string): AnsibleHost[] {
  if (nestsTooDeeply(text)) return [];
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true, logLevel: 'silent' });
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) return [];
  const hosts = new Map<string, AnsibleHost>();

  const group = (name: string, node: YAMLMap, above: readonly string[], inherited: Record<string, string>, depth: number): void => {
    if (depth > DEEPEST) return;
    const groups = name === 'all' || name === 'ungrouped' ? above : [...above, name];
    const variables = { ...inherited, ...scalars(node.get('vars', true)) };
    for (const [host, value, pair] of entries(node.get('hosts', true))) {
      const known = hosts.get(host) ?? { name: host, variables: {}, groups: [], line: lines.linePos(offsetOf(pair)).line };
      known.variables = { ...variables, ...known.variables, ...scalars(value) };
      known.groups = [...new Set([...known.groups, ...groups])];
      hosts.set(host, known);
    }
    for (const [child, value] of entries(node.get('children', true))) if (isMap(value)) group(child, value, groups, variables, depth + 1);
  };

  const tops = entries(root);
  const isGroup = (value: unknown) => isMap(value) && ['hosts', 'children'].some((key) => value.has(key));
  if (!tops.every(([, value]) => isGroup(value) || (isMap(value) && value.has('vars')))) return [];
  for (const [name, value] of tops) if (isMap(value)) group(name, value, [], {}, 0);
  return [...hosts.values()];
}

/** The words and numbers of a mapping, as text. */
export function scalars(node: unknown): Record<string, string> {
  return Object.fromEntries(
    entries(node).flatMap(([key, value]) => (isScalar(value) && value.value !== null ? [[key, String(value.value)]] : [])),
  );
}

function entries(node: unknown): [string, unknown, Pair][] {
  if (!isMap(node)) return [];
  return node.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair.value, pair] as [string, unknown, Pair]] : []));
}

function offsetOf(pair: Pair): number {
  return isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
}
