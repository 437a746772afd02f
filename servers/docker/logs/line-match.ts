import { Fault } from '@homelab/shared/faults.ts';
import { RE2JS } from 're2js';

/** Whether a line matches, without regard to case; linear in its length (RE2 syntax). Throws `invalid_input` for a pattern that is none. */
export function lineMatch(pattern: string, invert = false): (text: string) => boolean {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  } catch {
    throw new Fault('invalid_input', '`grep` is no regular expression of the RE2 syntax.', {
      hint: 'No look-around and no back-references; escape ( [ . with a backslash to mean them.',
    });
  }
  return (text) => compiled.matcher(text).find() !== invert;
}
