import { statSync } from 'node:fs';
import { z } from 'zod';
import { LEVELS } from '../config/level.ts';
import { replaceFile } from '../config/replace-file.ts';
import { fileProblemsText, readYaml } from '../config/yaml-file.ts';
import { Fault } from '../faults.ts';

const fields = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected letters, digits, dots, dashes and underscores, at most 64'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
  level: z.enum(LEVELS).optional(),
  operator: z.literal(true).optional(),
  tools: z
    .array(z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'expected a tool name'))
    .min(1)
    .optional(),
  created: z.iso.datetime(),
});
/** A token as it is kept: its hash, never itself. It has a level, for one who calls tools, or it is the operator's, who decides on actions. */
// SECURITY: one token for both would let whoever asks for an action approve it.
export const TokenEntry = fields
  .refine(({ level, operator }) => level !== undefined || operator, { path: ['level'], message: `expected one of ${LEVELS.join(', ')}` })
  .refine(({ level, tools, operator }) => !operator || (level ?? tools) === undefined, {
    path: ['operator'],
    message: 'expected a token without level and tools',
  });
export type TokenEntry = z.output<typeof TokenEntry>;

const TokensFile = z.strictObject({ tokens: z.array(TokenEntry) });

/** The entries of the file, none when there is no file. A broken file throws `unavailable` with file and line: nobody gets in by breaking it. */
export function readTokens(file: string): TokenEntry[] {
  let reading: ReturnType<typeof readYaml<typeof TokensFile>>;
  try {
    reading = readYaml(file, TokensFile);
  } catch (error) {
    if (error instanceof Fault && error.code === 'not_found') return [];
    throw error;
  }
  const twice = reading.value?.tokens.findIndex(({ name }, index, all) => all.findIndex((other) => other.name === name) !== index) ?? -1;
  if (twice >= 0) {
    reading.problems.push({ file, ...reading.at(['tokens', twice, 'name']), message: `tokens[${twice}].name is there twice` });
  }
  if (reading.value && reading.problems.length === 0) return reading.value.tokens;
  throw new Fault('unavailable', `The tokens file is broken, so no token is accepted.\n${fileProblemsText(reading.problems)}`, {
    hint: 'Mend it, or delete it and make new tokens with `npm run token -- add NAME --level read`.',
  });
}

/** Replaces the file whole, mode 0600; `unavailable` when it cannot be written. */
export function writeTokens(file: string, tokens: readonly TokenEntry[]): void {
  try {
    replaceFile(file, `${JSON.stringify({ tokens }, null, 2)}\n`);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

/** What a failed write of the tokens file is told as. */
export function unwritable(file: string, cause: unknown): Fault {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
  return new Fault('unavailable', `The tokens file ${file} cannot be written (${code}).`, {
    hint: 'Set TOKENS_FILE or STATE_DIR to where this user can write.',
    cause,
  });
}

/** A sentence for the operator when others than the owner can read or change the file. */
export function modeWarning(file: string): string | undefined {
  const mode = (statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o777;
  if (process.platform === 'win32' || (mode & 0o077) === 0) return undefined;
  return `${file} has mode 0${mode.toString(8)}, so others on this machine can reach it; run: chmod 600 ${file}`;
}
