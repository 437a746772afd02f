import type { Head } from './audit-line.ts';

/** The heads in a server's log, whatever stands before each JSON line; other lines are passed over. */
export function headsIn(log: string): Head[] {
  return log.split('\n').flatMap((line) => {
    if (!line.includes('"audit_head"')) return [];
    try {
      const { event, chain, seq, hash } = JSON.parse(line.slice(line.indexOf('{'))) as Partial<Record<string, unknown>>;
      const whole = event === 'audit_head' && typeof chain === 'string' && typeof seq === 'number' && typeof hash === 'string';
      return whole ? [{ chain, seq, hash }] : [];
    } catch {
      return [];
    }
  });
}
