import type { z } from 'zod';
import { Fault } from '../faults.ts';

/** The caller's wrong arguments as one Fault that names each of them (at most five) and what was expected. */
export function invalidInput(tool: string, error: z.ZodError, known: readonly string[]): Fault {
  const told = error.issues.slice(0, 5).map((issue) => describe(issue, known));
  const more = error.issues.length > 5 ? ` and ${error.issues.length - 5} more` : '';
  return new Fault('invalid_input', `${tool} got ${told.join('; ')}${more}.`, {
    hint: known.length ? `Arguments: ${known.join(', ')}.` : 'It takes no arguments.',
  });
}

function describe(issue: z.core.$ZodIssue, known: readonly string[]): string {
  const where = issue.path.length ? `\`${issue.path.map(String).join('.').slice(0, 60)}\`` : 'its arguments';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, 5)
      .map((key) => unknownKey(key, known))
      .join(', ');
  }
  return `${where}: ${lowerFirst(issue.message)}`;
}

function unknownKey(key: string, known: readonly string[]): string {
  // SECURITY: the key is the caller's own text; without the filter it could carry control characters into a reply.
  const shown = key.replace(/[^\w.-]/g, '?').slice(0, 40);
  const near = known.find((name) => name.startsWith(shown.slice(0, 3)) && shown.length >= 3);
  return `an unknown argument \`${shown}\`${near ? ` (did you mean \`${near}\`?)` : ''}`;
}

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1, 200);
