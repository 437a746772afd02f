import { domainToASCII } from 'node:url';
import { regexOf, treeHits } from './decide.ts';
import { type Asked, ok, type Reply } from './reply.ts';
import type { GravityTree, Tables } from './state.ts';
import { shownList } from './tables.ts';

/** `GET /search/{domain}`: every rule and list that holds a name, whatever its groups and whether it is enabled. */
export function searchReply(tables: Tables, tree: GravityTree, asked: Asked): Reply {
  const domain = asked.parts[1] ?? '';
  const partial = asked.query.get('partial') === 'true';
  const most = Number(asked.query.get('N') ?? 20);
  const debug = asked.query.get('debug') === 'true';
  const name = domainToASCII(domain) || domain;
  const hits = partial
    ? [...tree.entries].filter(([entry]) => entry.includes(name)).flatMap(([entry, lists]) => lists.map((list) => ({ entry, list })))
    : treeHits(tree, name);
  const rules = tables.rules.filter((rule) =>
    rule.kind === 'regex' ? regexOf(rule.domain)?.test(name) : partial ? rule.domain.includes(name) : rule.domain === name,
  );
  const gravity = hits.slice(0, most).flatMap(({ entry, list }) => {
    const found = tables.lists.find(({ id }) => id === list);
    return found ? [{ domain: entry, ...shownList(found) }] : [];
  });
  const count = (type: string) => gravity.filter((row) => row.type === type).length;
  const exact = rules.filter(({ kind }) => kind === 'exact').length;
  return ok({
    search: {
      domains: rules.map(({ domain: own, type, kind, comment, enabled, id, added, modified, groups }) => ({
        ...{ domain: own, type, kind, comment, enabled, id, date_added: added, date_modified: modified, groups },
      })),
      gravity,
      results: {
        domains: { exact, regex: rules.length - exact },
        gravity: { allow: count('allow'), block: count('block') },
        total: rules.length + gravity.length,
      },
      parameters: { N: most, partial, domain, debug },
      ...(debug ? { debug: debugOf(name, rules) } : {}),
    },
  });
}

function debugOf(name: string, rules: readonly { kind: string; type: string; id: number }[]): object {
  const labels = name.split('.');
  const patterns = labels.map((_, index) => `@@||${labels.slice(labels.length - 1 - index).join('.')}^`);
  const ids = (type: string) => rules.filter((rule) => rule.kind === 'regex' && rule.type === type).map(({ id }) => id);
  return {
    domain: name,
    punycode: name,
    abp_pattern: { gravity: patterns, antigravity: patterns },
    regex_ids: { deny: ids('deny'), allow: ids('allow') },
  };
}
