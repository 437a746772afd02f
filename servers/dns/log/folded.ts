import type { Query } from '../client/words.ts';

/** Rows of one device that asked the same and got the same. */
export interface Folded {
  newest: Date;
  count: number;
  domain: string;
  who: string;
  what: string;
}

/** What became of a question, with the list or rule that decided by name. */
export function whatOf(query: Query, names: { list: (id: number) => string; rule: (id: number) => string }): string {
  const { status, list, rule, cname } = query;
  const by = list !== undefined ? names.list(list) : rule !== undefined ? names.rule(rule) : '';
  if (query.blocked) return `BLOCKED${by ? ` ${by}` : ''}${cname ? ` via ${cname}` : ''}`;
  if (/SERVFAIL|REFUSED|TIMEOUT/.test(query.reply ?? '')) return 'failed';
  if (by) return `allowed by ${by}`;
  return query.reply === 'NXDOMAIN' ? 'nxdomain' : status.startsWith('CACHE') ? 'cached' : 'ok';
}

/** Folds rows of the same device, name and outcome, newest first. */
export function fold(rows: readonly Query[], names: Parameters<typeof whatOf>[1]): Folded[] {
  const folded = new Map<string, Folded>();
  for (const row of rows) {
    const who = row.client.name || row.client.ip;
    const told = whatOf(row, names);
    // Answered from the cache or not is no matter to a reader.
    const what = told === 'cached' ? 'ok' : told;
    const key = `${row.domain}\n${who}\n${what}`;
    const same = folded.get(key);
    if (same) same.count += 1;
    else folded.set(key, { newest: row.at, count: 1, domain: row.domain, who, what });
  }
  return [...folded.values()];
}
