import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { secret } from '../config/env-fields.ts';
import { type Env, readEnv } from '../config/read-env.ts';
import { stateFolder, suiteEnv } from '../config/suite-env.ts';
import { Fault } from '../faults.ts';
import { silent } from '../log/logger.ts';
import { auditHooks } from '../safety/action-audit.ts';
import type { ShownAction } from '../safety/action-shown.ts';
import { openActions } from '../safety/actions.ts';
import { openAudit } from '../safety/audit.ts';
import { signingKey } from '../safety/signing-key.ts';
import { type Desk, localDesk, remoteDesk } from './actions-desk.ts';
import { actionText, listText, whenOf } from './actions-text.ts';

const USAGE = `Usage:
  npm run actions -- list
  npm run actions -- show ID
  npm run actions -- approve ID [--yes]
  npm run actions -- deny ID [--why TEXT]
  npm run actions -- watch

An AI asks, you decide: approving lets the server that owns the tool run it, once. What nobody approves expires after 15 minutes.
Without --url it works on STATE_DIR of this machine. --url http://host:port asks a server, with HOMELAB_OPERATOR_TOKEN (or _FILE).`;

const ActionsEnv = z.object({
  STATE_DIR: suiteEnv.STATE_DIR,
  HOMELAB_OPERATOR_TOKEN: secret().optional().describe("The operator's token, for npm run actions -- --url"),
});
const WATCH_MS = 2_000;

export interface ActionsContext {
  out: (text: string) => void;
  error: (text: string) => void;
  /** The process's own when absent. */
  env?: Env;
  /** Asks the person one question; undefined where nobody can answer. */
  ask?: ((question: string) => Promise<string>) | undefined;
  /** Ends `watch`. */
  signal?: AbortSignal;
  watchMs?: number;
}

interface Options {
  yes?: boolean | undefined;
  why?: string | undefined;
}

/** What `npm run actions` does; resolves to the exit code: 0 done, 1 it could not be done or was not wanted, 2 wrong arguments. */
export async function actionsCommand(argv: readonly string[], context: ActionsContext): Promise<number> {
  const { out, error, env } = context;
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        ...{
          url: { type: 'string' },
          why: { type: 'string' },
          yes: { type: 'boolean', short: 'y' },
          help: { type: 'boolean', short: 'h' },
        },
      } as const,
    });
    if (values.help) {
      out(USAGE);
      return 0;
    }
    const wrong = mistake(positionals, values);
    if (wrong) {
      error(`${wrong}\n\n${USAGE}`);
      return 2;
    }
    const [verb = '', id = ''] = positionals;
    const { desk, close } = deskOf(readEnv(ActionsEnv, env).config, values.url);
    try {
      return await run(verb, id, values, desk, context);
    } finally {
      await close();
    }
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

function mistake([verb, id, ...more]: readonly string[], { yes, why }: Options): string | undefined {
  if (more.length > 0) return `There is an argument too many: ${more[0]}.`;
  if (!verb || !['list', 'show', 'approve', 'deny', 'watch'].includes(verb)) return 'Say what to do: list, show, approve, deny or watch.';
  const one = ['show', 'approve', 'deny'].includes(verb);
  if (one !== (id !== undefined)) return one ? `${verb} needs the ID of the action.` : `${verb} takes no ID.`;
  if (why !== undefined && verb !== 'deny') return '--why belongs to deny.';
  if (yes && verb !== 'approve') return '--yes belongs to approve.';
  return undefined;
}

function deskOf(config: z.output<typeof ActionsEnv>, url: string | undefined): { desk: Desk; close: () => Promise<void> } {
  if (url !== undefined) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new Fault('invalid_input', '--url needs an address such as http://127.0.0.1:8770.');
    }
    const token = config.HOMELAB_OPERATOR_TOKEN;
    if (!token) {
      throw new Fault('invalid_input', 'HOMELAB_OPERATOR_TOKEN is not set.', {
        hint: 'Make the token where the server runs: npm run token -- add NAME --operator.',
      });
    }
    return { desk: remoteDesk(url, token.reveal()), close: async () => {} };
  }
  const state = stateFolder(config);
  const audit = openAudit({ folder: state, server: 'command', log: silent });
  const lost = () => console.error('Warning: the audit log cannot be written, so this denial is not in it.');
  const actions = openActions(join(state, 'actions'), { key: signingKey(state), hooks: auditHooks(audit, lost) });
  return { desk: localDesk(actions), close: () => audit.close() };
}

async function run(verb: string, id: string, { yes, why }: Options, desk: Desk, context: ActionsContext): Promise<number> {
  const { out } = context;
  if (verb === 'list') out(listText(await desk.list()));
  else if (verb === 'watch') await watch(desk, context);
  else if (verb === 'deny') out(`Denied: ${lineOf(await desk.deny(id, why))}`);
  else {
    const action = await desk.get(id);
    out(actionText(action));
    if (verb === 'approve') return approve(desk, action, yes ?? false, context);
  }
  return 0;
}

async function approve(desk: Desk, action: ShownAction, yes: boolean, { out, error, ask }: ActionsContext): Promise<number> {
  const { id, level, targets, state, digest, server } = action;
  if (state !== 'pending') {
    error(`\nNot approved: it is ${state}.`);
    return 1;
  }
  if (level === 'destructive' && !yes) {
    if (!ask) {
      error('\nNot approved: this cannot be taken back, and there is nobody to ask. Give --yes if you mean it.');
      return 1;
    }
    const name = targets.length === 1 ? targets[0] : undefined;
    const typed = (await ask(`\nThis cannot be taken back. Type ${name ? `${name} or ` : ''}${id} to approve: `)).trim();
    if (typed !== id && typed !== name) {
      error('Not approved: that is another name. It still waits.');
      return 1;
    }
  }
  await desk.approve(id, digest);
  out(`\nApproved. ${server} starts it within a second if it runs; see what comes of it: npm run actions -- show ${id}`);
  return 0;
}

async function watch(desk: Desk, { out, error, signal, watchMs = WATCH_MS }: ActionsContext): Promise<void> {
  const known = new Map<string, string>();
  let first = true;
  let away = false;
  while (!signal?.aborted) {
    const list = await desk.list().catch((failure: unknown) => {
      // A server that restarts is no reason to stop looking; one that was never there is.
      if (first || !(failure instanceof Fault) || failure.code !== 'unavailable') throw failure;
      if (!away) error(`${failure.message} Still looking.`);
      away = true;
      return undefined;
    });
    if (list) {
      if (first) out(listText(list));
      for (const action of list.actions.toReversed()) {
        const now = `${action.state} ${action.progress?.done ?? ''}`;
        if (!first && known.get(action.id) !== now) out(lineOf(action));
        known.set(action.id, now);
      }
      first = false;
      away = false;
    }
    await sleep(watchMs, undefined, signal ? { signal } : {}).catch(() => {});
  }
}

function lineOf(action: ShownAction): string {
  const on = action.targets.length > 0 ? ` on ${action.targets.join(', ')}` : '';
  return `${action.state} ${action.id} ${action.tool}${on}: ${whenOf(action)}`;
}

if (import.meta.main) {
  const leave = new AbortController();
  process.once('SIGINT', () => leave.abort());
  const ask = async (question: string): Promise<string> => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await terminal.question(question);
    } finally {
      terminal.close();
    }
  };
  process.exitCode = await actionsCommand(process.argv.slice(2), {
    out: console.log,
    error: console.error,
    ask: process.stdin.isTTY ? ask : undefined,
    signal: leave.signal,
  });
}
