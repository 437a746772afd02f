import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { Fault } from '../faults.ts';
import { count, envNotes, flag, folder, list, oneOf, path, seconds, secret, text } from './env-fields.ts';

const STATE_DEFAULT = '.state';

/** The variables that every server reads; a server spreads them into its own shape: `z.object({ ...suiteEnv, PORT: port(8770) })`. */
export const suiteEnv = {
  HOST: text().default('127.0.0.1').describe('Address to listen on; anything but loopback needs at least one token'),
  STATE_DIR: folder()
    .default(fileURLToPath(new URL(`../../${STATE_DEFAULT}`, import.meta.url)))
    .register(envNotes, { shown: STATE_DEFAULT })
    .describe('Folder for tokens, audit and waiting actions; made with mode 0700'),
  TOKENS_FILE: path().optional().describe('Tokens file, when it is not `tokens.json` in STATE_DIR'),
  POLICY_FILE: path().optional().describe('Policy file, when it is not `policy.yaml` in STATE_DIR'),
  READ_ONLY: flag().describe('1: every token reads only, whatever its level'),
  ALLOWED_HOSTS: list().describe('Host headers to answer besides loopback, as `name:port` or `name`'),
  ALLOWED_ORIGINS: list().describe('Origins to answer, as `https://name:port`; requests without one always pass'),
  NOTIFY_URL: secret()
    .optional()
    .describe('Address to post to when an action waits for a person: its id, tool, server and end, nothing else'),
  NOTIFY_FORMAT: oneOf('ntfy', 'discord', 'json').default('ntfy').describe('How that is written'),
  LEGACY: oneOf('sessions', 'stateless').default('sessions').describe('How clients of the 2025 protocol are served'),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info').describe('Least severe log line to write'),
  RATE_PER_MINUTE: count().default(600).describe('Requests per minute that one token may make'),
  RATE_BURST: count().default(120).describe('Requests that one token may make at once before the rate counts'),
  MAX_SESSIONS: count().default(200).describe('Sessions held at most'),
  SESSION_IDLE_SECONDS: seconds().default(1800).describe('Seconds after which an idle session ends'),
};

/** What `readEnv` gives for `suiteEnv`. */
export type SuiteConfig = z.output<z.ZodObject<typeof suiteEnv>>;

/** Where the tokens stand. */
export function tokensFile(config: Pick<SuiteConfig, 'STATE_DIR' | 'TOKENS_FILE'>): string {
  return config.TOKENS_FILE ?? join(config.STATE_DIR, 'tokens.json');
}

/** Makes the state folder, readable by this user only, where it does not exist yet, and returns it; `unavailable` when it cannot be made. */
export function stateFolder(config: Pick<SuiteConfig, 'STATE_DIR'>): string {
  try {
    mkdirSync(config.STATE_DIR, { recursive: true, mode: 0o700 });
    return config.STATE_DIR;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new Fault('unavailable', `The state folder cannot be made (${code}).`, {
      hint: 'Set STATE_DIR to a folder this user can write.',
      cause,
    });
  }
}
