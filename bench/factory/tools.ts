import { z } from 'zod';

/** The input of every measured tool: six fields, as a search tool of ours has them. */
export const Query = z.strictObject({
  query: z.string().min(1).max(200).describe('What to look for'),
  kind: z.enum(['docs', 'decision', 'runbook', 'service', 'compose', 'config']).optional().describe('Only this kind'),
  limit: z.int().min(1).max(50).default(10).describe('Rows at most'),
  since: z.string().max(40).optional().describe('Not older than this, such as 7d'),
  tags: z.array(z.string().max(40)).max(10).default([]).describe('All of these'),
  exact: z.boolean().default(false).describe('No typo tolerance'),
});
export type Query = z.output<typeof Query>;

/** What a tool answers. */
export const Found = z.object({ rows: z.array(z.object({ name: z.string(), score: z.number() })), total: z.int() });
export type Found = z.output<typeof Found>;

/** The work of every measured tool: next to none, so that what is measured is the way there and back. */
export function find({ query, limit }: Query): Found {
  const rows = Array.from({ length: Math.min(5, limit) }, (_, i) => ({ name: `${query}-${i}`, score: 1 / (i + 1) }));
  return { rows, total: 12 };
}

/** The text of the answer. */
export function say({ rows, total }: Found): string {
  return [`${rows.length} of ${total}`, ...rows.map(({ name, score }) => `${name}  ${score.toFixed(2)}`)].join('\n');
}

/** Names of the 25 tools. */
export const NAMES = Array.from({ length: 25 }, (_, i) => `lab_find_${String(i + 1).padStart(2, '0')}`);

/** Every tool's description. */
export const describe = (name: string): string =>
  `Finds things of the lab by their words (${name}). Start here; then read one with lab_read.`;

/** The arguments that are sent. */
export const ARGUMENTS = { query: 'backup of the nas', kind: 'docs', limit: 5, tags: ['nas', 'restic'] };

/** Part of every right answer to them. */
export const EXPECTED = '5 of 12\\nbackup of the nas-0  1.00';
