import { createHash } from 'node:crypto';
import { z } from 'zod';
import { LEVELS } from '../config/level.ts';
import { canonicalJson } from './canonical-json.ts';

/** What one call is going to do, resolved: the thing that a person approves and that is recorded. */
export const Effect = z.strictObject({
  tool: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
  title: z.string().max(200),
  level: z.enum(LEVELS),
  /** Resolved ids, never the names that were asked for. */
  targets: z.array(z.string().max(500)).max(1000).readonly(),
  host: z.string().max(200).optional(),
  service: z.string().max(200).optional(),
  /** What will happen, for a person; `propose` redacts and bounds it. */
  preview: z.string(),
  /** What hangs on the targets, from the inventory. */
  dependents: z.array(z.string().max(500)).max(1000).readonly().optional(),
  /** The tool that shows the present state, named when nobody knows how a run ended. */
  look: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/)
    .optional(),
  arguments: z.record(z.string(), z.unknown()),
  /** `digestOf` of tool, arguments, targets and guarded state. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Effect = z.output<typeof Effect>;

/** What a digest is taken over. */
export interface Guarded {
  tool: string;
  arguments: Record<string, unknown>;
  /** In their order: moving a to b is not moving b to a. */
  targets: readonly string[];
  /** The state that must still be so when it runs: image ids, heads, revisions. */
  guarded?: unknown;
}

/** SHA-256, 64 hexadecimal digits, of the canonical JSON of an effect's essence; another argument, target or guarded state gives another digest. */
export function digestOf({ tool, arguments: args, targets, guarded }: Guarded): string {
  const essence = canonicalJson({ tool, arguments: args, targets, guarded: guarded ?? null });
  return createHash('sha256').update(essence).digest('hex');
}
