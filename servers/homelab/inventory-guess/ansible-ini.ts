/** A host as an Ansible inventory names it. */
export interface AnsibleHost {
  name: string;
  /** Its own variables and those of its groups, nearest first. */
  variables: Record<string, string>;
  groups: string[];
  /** 1-based. */
  line: number;
}

const MOST_IN_RANGE = 100;

/** Reads an inventory in INI form; empty for a text that is none. */
export function ansibleIni(text: string): AnsibleHost[] {
  const hosts = new Map<string, AnsibleHost>();
  const groupVariables = new Map<string, Record<string, string>>();
  const parents = new Map<string, string[]>();
  let section = 'ungrouped';
  let kind = '';
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/(^|\s)[#;].*$/, '').trim();
    const head = /^\[([^\]:]+)(?::(\w+))?\]$/.exec(line);
    if (head) [section, kind] = [head[1] ?? '', head[2] ?? ''];
    else if (line === '') return;
    else if (kind === 'vars') Object.assign(record(groupVariables, section), pairs(line.replace(/\s*=\s*/, '=')));
    else if (kind === 'children') parents.set(line, [...(parents.get(line) ?? []), section]);
    else {
      const [pattern = ''] = line.split(/\s+/, 1);
      for (const name of expand(pattern)) {
        const host = hosts.get(name) ?? { name, variables: {}, groups: [], line: index + 1 };
        Object.assign(host.variables, pairs(line.slice(pattern.length)));
        if (section !== 'ungrouped' && section !== 'all') host.groups.push(section);
        hosts.set(name, host);
      }
    }
  });
  for (const host of hosts.values()) {
    host.groups = withParents(host.groups, parents);
    for (const group of [...host.groups, 'all']) host.variables = { ...groupVariables.get(group), ...host.variables };
  }
  return [...hosts.values()];
}

function record(map: Map<string, Record<string, string>>, key: string): Record<string, string> {
  const known = map.get(key) ?? {};
  map.set(key, known);
  return known;
}

function pairs(text: string): Record<string, string> {
  const found = text.matchAll(/(?<!\w)([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S+)/g);
  return Object.fromEntries([...found].map(([, key = '', value = '']) => [key, value.replace(/^(["'])(.*)\1$/, '$2')]));
}

/** `web[01:03]` is web01, web02, web03; also with letters. A port behind a colon is no part of the name. */
function expand(pattern: string): string[] {
  const range = /^(.*)\[(\w+):(\w+)\](.*)$/.exec(pattern);
  if (!range) return [/^[^:]+:\d+$/.test(pattern) ? pattern.slice(0, pattern.indexOf(':')) : pattern];
  const [, before = '', from = '', to = '', after = ''] = range;
  const numbers = /^\d+$/.test(from) && /^\d+$/.test(to);
  const first = numbers ? Number(from) : from.charCodeAt(0);
  const last = numbers ? Number(to) : to.charCodeAt(0);
  const names: string[] = [];
  for (let at = first; at <= last && names.length < MOST_IN_RANGE; at++) {
    names.push(`${before}${numbers ? String(at).padStart(from.length, '0') : String.fromCharCode(at)}${after}`);
  }
  return names.flatMap(expand).slice(0, MOST_IN_RANGE);
}

function withParents(groups: readonly string[], parents: ReadonlyMap<string, string[]>): string[] {
  const all = new Set(groups);
  for (const group of all) for (const parent of parents.get(group) ?? []) if (parent !== 'all') all.add(parent);
  return [...all];
}
