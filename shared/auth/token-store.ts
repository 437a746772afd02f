import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { withFileLock } from '../config/file-lock.ts';
import type { Level } from '../config/level.ts';
import { Fault } from '../faults.ts';
import type { Log } from '../log/logger.ts';
import type { Caller } from './caller.ts';
import { modeWarning, readTokens, TokenEntry, unwritable, writeTokens } from './tokens-file.ts';

export interface NewToken {
  name: string;
  level: Level;
  /** Hold the token to these tools; all of its level when absent. */
  tools?: readonly string[] | undefined;
}

/** The operator's token: approves and denies actions, calls no tool. */
export interface NewOperator {
  name: string;
  operator: true;
}

/** A token that was made or taken away. */
export interface TokenChange {
  change: 'added' | 'removed';
  name: string;
  /** `operator`, or the level. */
  right: Level | 'operator';
}

/** The tokens of one installation. Changes by other processes are seen within a second. */
export interface TokenStore {
  /** Who holds this token; nobody for an unknown one or the operator's. Throws `unavailable` while the tokens file is broken. */
  verify(bearer: string): Caller | undefined;
  /** The operator who holds this token; nobody for any other. Throws as `verify`. */
  verifyOperator(bearer: string): { name: string } | undefined;
  /** The entries as they stand, oldest first. Throws `unavailable` with file and line for a broken file. */
  list(): readonly TokenEntry[];
  /** Makes a token and returns it; it is kept only as a hash, so this is the one time it can be read. `conflict` when the name is taken. */
  add(token: NewToken | NewOperator): string;
  /** As `add`, but only where no token but the operator's exists yet. */
  addFirst(token: NewToken): string | undefined;
  /** Takes a token away; `not_found` with the names that exist when there is none of that name. */
  remove(name: string): void;
}

const PREFIX = 'hlab_';
const LOOK_AGAIN_MS = 1000;

/** Opens the tokens file, which need not exist. `log` hears about a mode that lets others read it, `onChange` of every token made or taken away here. */
export function openTokens(file: string, log?: Log, onChange?: (change: TokenChange) => void): TokenStore {
  let entries: readonly TokenEntry[] = [];
  let hashes: { entry: TokenEntry; hash: Buffer }[] = [];
  let broken: unknown;
  let stamp: string | undefined;
  let looked = Number.NEGATIVE_INFINITY;

  function load(): void {
    looked = performance.now();
    const now = stampOf(file);
    if (now === stamp) return;
    stamp = now;
    // SECURITY: a broken file leaves no old tokens behind; one that was just taken away must not stay good because of a typing error.
    [entries, hashes, broken] = [[], [], undefined];
    try {
      entries = readTokens(file);
    } catch (error) {
      broken = error;
      log?.error('tokens file broken', { file, err: error });
      return;
    }
    hashes = entries.map((entry) => ({ entry, hash: Buffer.from(entry.sha256, 'hex') }));
    const warning = modeWarning(file);
    if (warning) log?.warn('tokens file open to others', { file, warning });
  }

  function change(edit: (tokens: readonly TokenEntry[]) => readonly TokenEntry[] | undefined): void {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      withFileLock(file, (held) => {
        const next = edit(readTokens(file));
        if (!next) return;
        held();
        writeTokens(file, next);
      });
    } catch (error) {
      throw error instanceof Fault ? error : unwritable(file, error);
    }
    load();
  }

  function add(token: NewToken | NewOperator, onlyFirst: boolean): string | undefined {
    const secret = PREFIX + randomBytes(32).toString('base64url');
    let made: string | undefined;
    change((tokens) => {
      if (onlyFirst && tokens.some(({ operator }) => !operator)) return undefined;
      if (tokens.some(({ name }) => name === token.name)) {
        throw new Fault('conflict', `A token named ${token.name} exists already.`, {
          hint: 'Take another name, or remove that one first.',
        });
      }
      made = secret;
      return [...tokens, entryOf(token, secret)];
    });
    if (made !== undefined) onChange?.({ change: 'added', name: token.name, right: 'operator' in token ? 'operator' : token.level });
    return made;
  }

  function holderOf(bearer: string): TokenEntry | undefined {
    if (performance.now() - looked >= LOOK_AGAIN_MS) load();
    // The details name files; they are in the log, for the operator.
    if (broken)
      throw new Fault('unavailable', 'The tokens file is broken, so no token is accepted.', {
        hint: 'Run `npm run doctor`.',
        cause: broken,
      });
    const given = sha256(bearer);
    let found: TokenEntry | undefined;
    // SECURITY: every entry is compared, in constant time, so that timing tells neither a hash nor which token came close.
    for (const { entry, hash } of hashes) if (timingSafeEqual(hash, given)) found = entry;
    return found;
  }

  return {
    verify(bearer) {
      const found = holderOf(bearer);
      // SECURITY: the operator's token never calls a tool, so that no client which holds it can both ask and approve.
      if (!found?.level || found.operator) return undefined;
      return { name: found.name, level: found.level, ...(found.tools && { tools: found.tools }) };
    },
    verifyOperator(bearer) {
      const found = holderOf(bearer);
      return found?.operator ? { name: found.name } : undefined;
    },
    list() {
      load();
      if (broken) throw broken;
      return entries;
    },
    add: (token) => add(token, false) as string,
    addFirst: (token) => add(token, true),
    remove(name) {
      let gone: TokenEntry | undefined;
      change((tokens) => {
        gone = tokens.find((token) => token.name === name);
        const left = tokens.filter((token) => token.name !== name);
        if (left.length < tokens.length) return left;
        const names = tokens.map((token) => token.name).join(', ');
        throw new Fault('not_found', 'There is no token of that name.', {
          hint: names ? `There are: ${names}.` : 'There are no tokens yet.',
        });
      });
      onChange?.({ change: 'removed', name, right: gone?.level ?? 'operator' });
    },
  };
}

/** Makes the token `first` of level `write` and returns it where there is none that calls tools; nothing otherwise. Safe when several servers start at once. */
export function firstStart(store: TokenStore): string | undefined {
  return store.list().some(({ operator }) => !operator) ? undefined : store.addFirst({ name: 'first', level: 'write' });
}

function entryOf(token: NewToken | NewOperator, secret: string): TokenEntry {
  const right = 'operator' in token ? { operator: true } : { level: token.level, ...(token.tools && { tools: [...token.tools] }) };
  const entry = {
    name: token.name,
    sha256: sha256(secret).toString('hex'),
    ...right,
    created: new Date().toISOString(),
  };
  const parsed = TokenEntry.safeParse(entry);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Fault('invalid_input', `The token's ${String(issue?.path[0])} is wrong: ${issue?.message}.`);
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}` : 'none';
}
