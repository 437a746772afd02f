import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openTokens, type TokenChange, type TokenStore } from '../auth/token-store.ts';
import { modeWarning } from '../auth/tokens-file.ts';
import { LEVELS, type Level } from '../config/level.ts';
import { type Env, readEnv } from '../config/read-env.ts';
import { suiteEnv, tokensFile } from '../config/suite-env.ts';
import { Fault } from '../faults.ts';
import { silent } from '../log/logger.ts';
import { openAudit } from '../safety/audit.ts';
import { commandUser } from './command-user.ts';
import { connectLines } from './connect-lines.ts';
import { textTable } from './text-table.ts';

const USAGE = `Usage:
  npm run token -- add NAME --level ${LEVELS.join('|')} [--tools tool_a,tool_b]
  npm run token -- add NAME --operator
  npm run token -- list
  npm run token -- remove NAME

read looks, write changes what one call undoes, disruptive is noticed (stop, restart), destructive cannot be taken back.
Each level includes the ones before it. --tools holds the token to these tools.
--operator makes the token with which a person approves actions at /actions; no tool takes it, so give it to no AI.`;

const TokenEnv = z.object({ STATE_DIR: suiteEnv.STATE_DIR, TOKENS_FILE: suiteEnv.TOKENS_FILE });

export interface CommandContext {
  out: (text: string) => void;
  error: (text: string) => void;
  /** The process's own when absent. */
  env?: Env;
}

/** What `npm run token` does; resolves to the exit code: 0 done, 1 it could not be done, 2 wrong arguments. */
export async function tokenCommand(argv: readonly string[], { out, error, env }: CommandContext): Promise<number> {
  const end = (exit: number, say: (text: string) => void, text: string): number => {
    say(text);
    return exit;
  };
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        level: { type: 'string' },
        tools: { type: 'string' },
        operator: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return end(0, out, USAGE);
    const run = plan(positionals, values);
    if (typeof run === 'string') return end(2, error, `${run}\n\n${USAGE}`);
    const { config } = readEnv(TokenEnv, env);
    const file = tokensFile(config);
    const changes: TokenChange[] = [];
    const store = openTokens(file, undefined, (change) => changes.push(change));
    const said = run(store, file);
    for (const change of changes) await record(change, store, config.STATE_DIR, error);
    out(said);
    const warning = modeWarning(file);
    if (warning) error(`Warning: ${warning}`);
    return 0;
  } catch (failure) {
    if (failure instanceof Fault)
      return end(failure.code === 'invalid_input' ? 2 : 1, error, [failure.message, failure.hint].filter(Boolean).join('\n'));
    // parseArgs tells a wrong option by a TypeError with a code of its own.
    if (failure instanceof TypeError && String((failure as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) {
      return end(2, error, `${failure.message}\n\n${USAGE}`);
    }
    throw failure;
  }
}

/** A token that could not be recorded is taken away again, before anybody has seen it; one that is gone stays gone. */
async function record(
  { change, name, right }: TokenChange,
  store: TokenStore,
  folder: string,
  error: CommandContext['error'],
): Promise<void> {
  const audit = openAudit({ folder, server: 'command', log: silent });
  try {
    await audit.append({ kind: 'token', caller: commandUser(), what: change, targets: [name], reason: right });
  } catch (failure) {
    if (change === 'added') {
      store.remove(name);
      throw failure;
    }
    error('Warning: the audit log cannot be written, so this removal is not in it.');
  } finally {
    await audit.close();
  }
}

type Run = (store: TokenStore, file: string) => string;

/** What the arguments ask for, or what is wrong with them. */
function plan(
  [action, name, ...more]: readonly string[],
  { level, tools, operator }: { level?: string | undefined; tools?: string | undefined; operator?: boolean | undefined },
): Run | string {
  if (more.length > 0) return `There is an argument too many: ${more[0]}.`;
  if (action !== 'add' && (level ?? tools ?? operator) !== undefined) return '--level, --tools and --operator belong to add.';
  if (action === 'list') return name === undefined ? list : 'list takes no name.';
  if (action === 'remove') return name === undefined ? 'remove needs the NAME of the token.' : (store) => remove(store, name);
  if (action !== 'add')
    return action === undefined ? 'Say what to do: add, list or remove.' : `There is no ${action}; there are add, list and remove.`;
  if (name === undefined) return 'add needs a NAME for the token, such as laptop.';
  if (operator)
    return (level ?? tools) === undefined ? (store) => addOperator(store, name) : '--operator goes without --level and --tools.';
  if (level === undefined) return 'add needs --level; read is enough to look.';
  if (!LEVELS.includes(level as Level)) return `There is no level ${level}; there are ${LEVELS.join(', ')}.`;
  const held = tools
    ?.split(',')
    .map((tool) => tool.trim())
    .filter(Boolean);
  if (held?.length === 0) return '--tools needs at least one tool.';
  return (store) => add(store, name, level as Level, held);
}

function add(store: TokenStore, name: string, level: Level, tools: readonly string[] | undefined): string {
  const token = store.add({ name, level, tools });
  const held = tools ? `, held to ${tools.join(', ')}` : '';
  const sections = [
    [
      `Token ${name} (${level}${held}) is made; running servers take it within a second. It is shown only now. Keep it:`,
      `  export HOMELAB_TOKEN=${token}`,
    ],
    ...connectLines([{ name: 'mcp-homelab', url: 'http://127.0.0.1:8770/mcp' }]),
    ['The lines for every server: npm start'],
  ];
  return sections.map((lines) => lines.join('\n')).join('\n\n');
}

function addOperator(store: TokenStore, name: string): string {
  const token = store.add({ name, operator: true });
  return [
    `Operator token ${name} is made; running servers take it within a second. It is shown only now. Keep it where no AI reads:`,
    `  export HOMELAB_OPERATOR_TOKEN=${token}`,
    '',
    'With it: http://127.0.0.1:8770/actions in a browser, or npm run actions -- list --url http://127.0.0.1:8770',
    'On this machine npm run actions needs no token.',
  ].join('\n');
}

function list(store: TokenStore, file: string): string {
  const tokens = store.list();
  if (tokens.length === 0) return `There are no tokens in ${file}.\nMake one: npm run token -- add NAME --level read`;
  const rows = tokens.map(({ name, level, tools, created }) => [
    name,
    level ?? 'operator',
    tools?.join(', ') ?? (level ? 'all of its level' : 'none: decides on actions'),
    created.slice(0, 10),
  ]);
  return `${textTable(['name', 'level', 'tools', 'made'], rows)}\n\n${tokens.length} in ${file}`;
}

function remove(store: TokenStore, name: string): string {
  store.remove(name);
  return `Token ${name} is removed; running servers refuse it within a second.`;
}

if (import.meta.main) {
  process.exitCode = await tokenCommand(process.argv.slice(2), { out: console.log, error: console.error });
}
