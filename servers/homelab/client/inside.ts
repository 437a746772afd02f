import { Fault } from '@homelab/shared/faults.ts';

/**
 * A caller's path as a relative one with forward slashes and without `.` parts; '' is the repository itself.
 * Throws `invalid_input` for whatever could mean a place outside of it: absolute, `..`, NUL, backslash, percent-encoded, `.git`.
 */
export function insidePath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  // SECURITY: the one gate for paths that a caller wrote; without it git would be asked about files outside the repository.
  const refused =
    path.includes('\0') ||
    path.includes('\\') ||
    /%(2e|2f|5c|00)/i.test(path) ||
    path.startsWith('/') ||
    path.startsWith('~') ||
    /^[a-z]:/i.test(path) ||
    parts.includes('..') ||
    parts.some((part) => /^\.git\.?\s*$/i.test(part));
  if (!refused) return parts.join('/');
  throw new Fault('invalid_input', 'The path must be relative and stay inside the repository.', {
    hint: 'docs_outline lists the folders and files there are.',
  });
}
