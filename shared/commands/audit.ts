import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Env, readEnv } from '../config/read-env.ts';
import { suiteEnv } from '../config/suite-env.ts';
import { Fault } from '../faults.ts';
import { headsIn } from '../safety/audit-heads.ts';
import type { AuditLine } from '../safety/audit-line.ts';
import { readAudit } from '../safety/audit-read.ts';
import { type Verification, verifyAudit } from '../safety/audit-verify.ts';
import { shownLine } from '../safety/shown-text.ts';
import { textTable } from './text-table.ts';

const USAGE = `Usage:
  npm run audit -- verify [--heads FILE]
  npm run audit -- show [--since 24h] [--tool NAME] [--caller NAME] [--limit 50]

verify holds every line against its hash, its chain and the list of files; it ends with 1 when something was changed or removed.
--heads FILE takes a server's log (- is standard input): its audit_head lines prove that no tail was cut, which nothing on this disk can.`;

const AuditEnv = z.object({ STATE_DIR: suiteEnv.STATE_DIR });
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export interface CommandContext {
  out: (text: string) => void;
  error: (text: string) => void;
  /** The process's own when absent. */
  env?: Env;
}

/** What `npm run audit` does; resolves to the exit code: 0 in order, 1 the audit was tampered with or cannot be read, 2 wrong arguments. */
export async function auditCommand(argv: readonly string[], { out, error, env }: CommandContext): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        ...{ heads: { type: 'string' }, since: { type: 'string' }, tool: { type: 'string' }, caller: { type: 'string' } },
        ...{ limit: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      } as const,
    });
    const [action, ...rest] = positionals;
    if (values.help) {
      out(USAGE);
      return 0;
    }
    const { since, tool, caller, limit } = values;
    const wrong =
      rest.length > 0
        ? `There is an argument too many: ${rest[0]}.`
        : action === 'verify' && (since ?? tool ?? caller ?? limit) !== undefined
          ? '--since, --tool, --caller and --limit belong to show.'
          : action === 'show' && values.heads !== undefined
            ? '--heads belongs to verify.'
            : action !== 'verify' && action !== 'show'
              ? 'Say what to do: verify or show.'
              : undefined;
    if (wrong) {
      error(`${wrong}\n\n${USAGE}`);
      return 2;
    }
    const state = readEnv(AuditEnv, env).config.STATE_DIR;
    if (action === 'verify') {
      const found = verifyAudit(state, values.heads === undefined ? [] : readHeads(values.heads));
      out(verification(found, state, values.heads));
      return found.ok ? 0 : 1;
    }
    out(await show(state, { since: since === undefined ? undefined : Date.now() - span(since), tool, caller, limit: count(limit) }));
    return 0;
  } catch (failure) {
    if (failure instanceof Fault) {
      error([failure.message, failure.hint].filter(Boolean).join('\n'));
      return failure.code === 'invalid_input' ? 2 : 1;
    }
    // parseArgs tells a wrong option by a TypeError with a code of its own.
    if (failure instanceof TypeError && String((failure as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) {
      error(`${failure.message}\n\n${USAGE}`);
      return 2;
    }
    throw failure;
  }
}

function readHeads(file: string) {
  try {
    const heads = headsIn(readFileSync(file === '-' ? 0 : file, 'utf8'));
    if (heads.length > 0) return heads;
  } catch (cause) {
    throw new Fault('invalid_input', `${file} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
  throw new Fault('invalid_input', `${file} holds no audit_head line.`, {
    hint: 'Give the log of a server, such as `docker logs mcp-dns`.',
  });
}

function verification({ ok, chains, files, lines, heads, findings }: Verification, state: string, given?: string): string {
  const rows = findings.map(({ file, line, severity, what }) => [severity, line > 0 ? `${file}:${line}` : file, what]);
  const covered = `${lines} lines in ${files} files of ${chains} chains under ${state}${given === undefined ? '' : `; ${heads} logged heads met`}`;
  const said = ok
    ? `In order: ${covered}.${given === undefined ? ' A cut tail shows only with --heads.' : ''}`
    : `NOT in order: ${findings.filter(({ severity }) => severity === 'broken').length} findings in ${covered}.`;
  if (files === 0 && ok) return `There is no audit under ${state}: nothing was ever recorded there, or all of it was removed.`;
  return rows.length > 0 ? `${textTable(['severity', 'where', 'found'], rows)}\n\n${said}` : said;
}

async function show(
  state: string,
  query: { since: number | undefined; limit: number; tool?: string | undefined; caller?: string | undefined },
) {
  const { entries, more, unreadBytes, unreadable } = await readAudit(state, query);
  const rows = entries.map((one) => [
    one.time,
    one.kind,
    one.caller,
    one.what,
    one.level ?? '',
    one.outcome ?? '',
    shownLine((one.targets ?? []).join(', '), 60),
    shownLine(detail(one), 100),
  ]);
  const notes = [
    `${entries.length} entries, newest first${more ? '; there are more: --limit, --since, --tool or --caller' : ''}`,
    ...(unreadBytes > 0 ? [`${Math.ceil(unreadBytes / 1_048_576)} MiB of older files were not read`] : []),
    ...(unreadable > 0 ? [`${unreadable} lines cannot be read: npm run audit -- verify`] : []),
  ];
  const table = textTable(['time', 'kind', 'caller', 'what', 'level', 'outcome', 'targets', 'detail'], rows);
  return entries.length > 0
    ? `${table}\n\n${notes.join('\n')}`
    : `Nothing in the audit under ${state} matches.\n${notes.slice(1).join('\n')}`.trim();
}

function detail({ reason, action, arguments: given, lost, residue, seen }: AuditLine): string {
  return [
    reason,
    action && `action ${action}`,
    given === undefined ? undefined : JSON.stringify(given),
    lost && `${lost.count} entries could not be written and were refused`,
    residue && `${residue.bytes} bytes of a failed write stand before`,
    seen && `found ${seen.map((one) => `${one.file} at ${one.seq}`).join(', ')}`,
  ]
    .filter(Boolean)
    .join('; ');
}

function span(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const ms = Number(amount) * (UNITS[unit] ?? 0);
  if (ms > 0) return ms;
  throw new Fault('invalid_input', `--since is no span of time: ${text}.`, { hint: 'Write 30m, 24h or 7d.' });
}

function count(text = '50'): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new Fault('invalid_input', `--limit is no number from 1 to 99999: ${text}.`);
}

if (import.meta.main) {
  process.exitCode = await auditCommand(process.argv.slice(2), { out: console.log, error: console.error });
}
