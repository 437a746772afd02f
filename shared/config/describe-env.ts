import type { z } from 'zod';
import { noteOf } from './env-fields.ts';
import { describeDefault } from './read-env.ts';

/** A row of the generated table of variables. */
export interface EnvRow {
  variable: string;
  /** `required` where there is none. */
  default: string;
  meaning: string;
  /** True when `<variable>_FILE` is read too. */
  secret: boolean;
}

/** The variables of `shape` in their order, for the tables in the documentation. */
export function describeEnv(shape: z.ZodObject): EnvRow[] {
  return Object.entries(shape.shape).map(([variable, schema]) => {
    const note = noteOf(schema);
    return { variable, default: describeDefault(schema) ?? 'required', meaning: note.meaning ?? '', secret: note.secret ?? false };
  });
}
