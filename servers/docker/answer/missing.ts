import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Missing } from '../client/across-hosts.ts';

/** A host that an answer does not cover, and why. */
export const Away = z.object({ host: z.string(), reason: z.string(), sentence: z.string() });
export type Away = z.output<typeof Away>;

export function awayOf(missing: readonly Missing[]): Away[] {
  return missing.map(({ host, reason, sentence, hint }) => ({
    host,
    reason,
    sentence: plain(hint ? `${sentence} ${hint}` : sentence, 300),
  }));
}

/** One line for each host that did not answer: nobody must read silence as health. */
export function awayLines(away: readonly Away[]): string[] {
  return away.map(({ host, reason, sentence }) =>
    reason === 'asleep'
      ? `- ${host}: asleep, which is usual for it`
      : `! ${host}: ${reason.replaceAll('_', ' ')} (${sentence.replace(/\.$/, '')})`,
  );
}

/** `3 hosts`, or `2 of 3 hosts` where some did not answer. */
export function hostsText(answered: number, away: readonly Away[]): string {
  const total = answered + away.length;
  return away.length > 0 ? `${answered} of ${total} hosts` : `${total} host${total === 1 ? '' : 's'}`;
}
