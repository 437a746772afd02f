import { isRedacted, isReference } from './harmless-value.ts';
import type { Line } from './line.ts';
import { type Found, found } from './span.ts';

const GAP = String.raw`["']?(?:,\s{0,4}|\s{1,4})["']?`;
const REST = String.raw`([^\s"',;|&)]+|(?<=')[^']+|(?<=")[^"]+)`;
// `-p` is a port, a path or a project to most programs: only these take a password there.
const ARGUMENTS: [RegExp, RegExp][] = [
  [/^(?:mysql|mariadb)/i, new RegExp(`${GAP}-p["']?${REST}`)],
  [/^(?:docker|podman) login/i, new RegExp(`${GAP}-p${GAP}${REST}`)],
  [/^sshpass/i, new RegExp(`${GAP}-p(?:${GAP})?["']?${REST}`)],
  [/^mongo/i, new RegExp(`${GAP}-p${GAP}${REST}`)],
  [/^redis-cli/i, new RegExp(`${GAP}-a${GAP}${REST}`)],
  [/^ldap/i, new RegExp(`${GAP}-w${GAP}${REST}`)],
  [/^smbclient/i, new RegExp(`${GAP}(?:-U|--user)(?:=|${GAP})[^\\s%"']{1,64}%${REST}`)],
  [/^(?:curl|wget)/i, new RegExp(`${GAP}(?:-u|--user|--proxy-user)(?:=|${GAP})["']?[^\\s:"'$]{1,128}:${REST}`)],
  [/^htpasswd/i, new RegExp(`${GAP}-[a-zA-Z]*b[a-zA-Z]*${GAP}\\S{1,128}\\s\\S{0,128}\\s?["']?${REST}\\s*$`)],
  [/^openssl/i, new RegExp(`${GAP}-pass(?:in|out)?${GAP}pass:${REST}`)],
  [/^identified by/i, /^identified by (?:password )?['"]([^'"]+)/i],
];
const LONGEST = 512;

/** The password that a well-known program takes as a short option, or SQL behind IDENTIFIED BY. */
export function commandAt(text: string, at: number, line: Line): Found | undefined {
  const command = text.slice(at, Math.min(line.end, at + LONGEST));
  const pattern = ARGUMENTS.find(([name]) => name.test(command))?.[1];
  const match = pattern?.exec(command);
  const value = match?.[1];
  if (!match || !value) return undefined;
  const end = at + match.index + match[0].trimEnd().length;
  const start = end - value.length;
  if (isRedacted(text, start) || isReference(value) || value.startsWith('[redacted')) return undefined;
  return found(start, end, 'command line');
}
