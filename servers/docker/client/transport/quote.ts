import type { HostSettings } from '../host-settings.ts';

// PowerShell ends a string at typographic quotes as well.
const CURLY_TOO = /['\u2018\u2019\u201a\u201b]/g;

/** One argument as a POSIX shell reads it: nothing in it is special. */
export function posixWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A command line for the host's shell whose arguments arrive as they are. Windows shells have no quoting that always holds, so PowerShell
 * does it: its own script, encoded, with single-quoted strings.
 */
export function commandLine(argv: readonly string[], shell: NonNullable<HostSettings['ssh']>['shell']): string {
  // SECURITY: a NUL or a line break ends a command line early in some shells; no argument of ours needs one.
  if (argv.some((one) => /[\0\r\n]/.test(one))) throw new RangeError('an argument holds a line break');
  if (shell === 'posix') return argv.map(posixWord).join(' ');
  if (argv.every((one) => /^[\w.:/-]+$/.test(one))) return argv.join(' ');
  const script = `& ${argv.map((one) => `'${one.replace(CURLY_TOO, '$&$&')}'`).join(' ')}; exit $LASTEXITCODE`;
  return `powershell -NoProfile -NonInteractive -EncodedCommand ${Buffer.from(script, 'utf16le').toString('base64')}`;
}
