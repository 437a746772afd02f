import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openTokens } from '../auth/token-store.ts';
import { modeWarning } from '../auth/tokens-file.ts';
import { LEVELS } from '../config/level.ts';
import { type SuiteConfig, tokensFile } from '../config/suite-env.ts';
import type { DoctorCheck } from './server-module.ts';

type Finding = Awaited<ReturnType<DoctorCheck['run']>>;

const ANSWER_MS = 3_000;
const TIGHT = 500 * 2 ** 20;
const FULL = 20 * 2 ** 20;

/** What every installation has: tokens and the state folder. */
export function suiteChecks(config: SuiteConfig): DoctorCheck[] {
  return [tokensCheck(tokensFile(config)), stateFolderCheck(config.STATE_DIR)];
}

/** The tokens file: whole, closed to others, how many tokens of which level. */
export function tokensCheck(file: string): DoctorCheck {
  return {
    name: 'tokens',
    async run() {
      const tokens = openTokens(file).list();
      if (tokens.length === 0) {
        const todo = 'The first start on loopback makes one; for another HOST: npm run token -- add NAME --level read.';
        return { ok: 'warn', found: `none in ${file}`, todo };
      }
      const levels = LEVELS.flatMap((level) => {
        const number = tokens.filter((token) => token.level === level).length;
        return number > 0 ? [`${number} ${level}`] : [];
      });
      const operators = tokens.filter(({ operator }) => operator).length;
      if (operators > 0) levels.push(`${operators} operator`);
      const warning = modeWarning(file);
      const found = `${tokens.length} in ${file}: ${levels.join(', ')}`;
      return warning ? { ok: 'warn', found, todo: warning } : { ok: 'ok', found };
    },
  };
}

/** The state folder: there or can be made, closed to others, writable (a file is written and deleted), with space left. */
export function stateFolderCheck(folder: string): DoctorCheck {
  return {
    name: 'state folder',
    async run() {
      if (!existsSync(folder)) return { ok: 'warn', found: `${folder} does not exist yet`, todo: 'The first start makes it.' };
      const trial = join(folder, `doctor.${randomBytes(4).toString('hex')}`);
      try {
        writeFileSync(trial, 'x', { flag: 'wx', mode: 0o600, flush: true });
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        return {
          ok: 'fail',
          found: `${folder} cannot be written (${code})`,
          todo: 'Give this user the folder, or set STATE_DIR to another.',
        };
      } finally {
        rmSync(trial, { force: true });
      }
      const { bavail, bsize } = statfsSync(folder);
      const found = `${folder} is writable, ${((bavail * bsize) / 2 ** 30).toFixed(1)} GiB free`;
      if (bavail * bsize < FULL) return { ok: 'fail', found, todo: 'Make space: without a record no change is made.' };
      if (bavail * bsize < TIGHT) return { ok: 'warn', found, todo: 'Make space soon: without a record no change is made.' };
      const mode = statSync(folder).mode & 0o777;
      if (process.platform !== 'win32' && mode & 0o077)
        return { ok: 'warn', found: `${found}, mode 0${mode.toString(8)}`, todo: `Run: chmod 700 ${folder}` };
      return { ok: 'ok', found };
    },
  };
}

/** A server's port: this server answers there, or the port is free. */
export function portCheck(server: string, host: string, port: number, variable: string): DoctorCheck {
  return {
    name: `${server} port`,
    async run() {
      const answer = await serverAt(host, port);
      if (answer === server) return { ok: 'ok', found: `${server} is running on ${port}` };
      if (answer !== undefined) return taken(`${answer} answers on ${port}`, variable);
      return bindable(host, port, variable);
    },
  };
}

/** The server's name at `/healthz`, `another program` for any other answer, undefined where nobody listens. */
async function serverAt(host: string, port: number): Promise<string | undefined> {
  const local = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const url = `http://${local.includes(':') ? `[${local}]` : local}:${port}/healthz`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'manual' });
    const { server } = (await response.json()) as { server?: unknown };
    return typeof server === 'string' && /^[a-z-]{1,40}$/.test(server) ? server : 'another program';
  } catch (error) {
    // Not being reached is told by the attempt to bind; an answer that is no JSON is somebody else's.
    return error instanceof SyntaxError ? 'another program' : undefined;
  }
}

function bindable(host: string, port: number, variable: string): Promise<Finding> {
  return new Promise((resolve) => {
    const trial = createServer();
    trial.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(taken(`another program holds ${port}`, variable));
      else resolve({ ok: 'fail', found: `${host}:${port} cannot be listened on (${error.code})`, todo: `Check HOST and ${variable}.` });
    });
    trial.listen({ host, port, exclusive: true }, () => trial.close(() => resolve({ ok: 'ok', found: `${port} is free; not running` })));
  });
}

function taken(found: string, variable: string): Finding {
  return { ok: 'fail', found, todo: `Stop that program, or set ${variable} to a free port.` };
}
