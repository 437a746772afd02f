import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Secret } from './secret.ts';

/** What a variable's schema knows about itself beyond its type. */
export interface EnvNote {
  /** Reads from `X_FILE` too, and its value is never printed. */
  secret?: boolean;
  /** Completes "Set X to ...". */
  expects?: string;
  /** The default as people read it, where the real one would name this machine. */
  shown?: string;
}

/** Notes of the schemas below; `noteOf` reads through `.optional()`, `.default()` and `.describe()`. */
export const envNotes = z.registry<EnvNote>();

interface Wrapper {
  innerType?: z.core.$ZodType;
}

/** The note and the description of a schema, from the outermost wrapper that has them. */
export function noteOf(schema: z.core.$ZodType): EnvNote & { meaning?: string } {
  const inner = (schema._zod.def as Wrapper).innerType;
  const description = z.globalRegistry.get(schema)?.description;
  return { ...(inner && noteOf(inner)), ...envNotes.get(schema), ...(description && { meaning: description }) };
}

function field<T>(expects: string, read: (text: string) => T | undefined, secret = false) {
  return z
    .string()
    .transform((text, context) => {
      const value = read(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: `is not ${expects}` });
      return z.NEVER;
    })
    .register(envNotes, { expects, secret });
}

/** A secret: from `X`, or from the file that `X_FILE` names. */
export const secret = () => field('a secret', (text) => new Secret(text), true);

/** Any text. */
export const text = () => field('text', (value) => value);

/** One of some words. */
export const oneOf = <const Words extends readonly string[]>(...words: Words) =>
  field(`one of ${words.join(', ')}`, (value): Words[number] | undefined => words.find((word) => word === value));

/** A whole number of at least `least`. */
export const count = (least = 1) =>
  field(`a whole number of at least ${least}`, (value) => {
    const number = wholeNumber(value);
    return number !== undefined && number >= least ? number : undefined;
  });

/** A TCP port, with the one that is used when none is set. */
export const port = (usual: number) =>
  field('a port, 1 to 65535', (value) => {
    const number = wholeNumber(value);
    return number !== undefined && number >= 1 && number <= 65_535 ? number : undefined;
  }).default(usual);

/** A whole number of seconds, at least 1. */
export const seconds = () => field('a whole number of seconds, at least 1', (value) => wholeNumber(value) || undefined);

/** Names separated by commas; none when unset. */
export const list = () =>
  field('names separated by commas', (value) =>
    value
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ).default([]);

const FLAGS: Record<string, boolean> = { true: true, yes: true, on: true, 1: true, false: false, no: false, off: false, 0: false };

/** True or false; false when unset. */
export const flag = () => field('true or false', (value) => FLAGS[value.toLowerCase()]).default(false);

/** An absolute path; a relative one is taken from the working directory, `~/` from the home folder. */
export const path = () => field('a path', absolute);

/** A folder's absolute path. It need not exist, but nothing else may stand there. */
export const folder = () =>
  field('the path of a folder', (value) => {
    const full = absolute(value);
    return full && (statSync(full, { throwIfNoEntry: false })?.isDirectory() ?? true) ? full : undefined;
  });

/** An http or https base URL without a slash at its end. */
export const url = () =>
  field('an http:// or https:// URL without user, password, query or fragment', (value) => {
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (!parsed || !/^https?:$/.test(parsed.protocol)) return undefined;
    // SECURITY: base URLs are shown in replies and logs; credentials belong in a secret of their own.
    if (parsed.username || parsed.password || parsed.search || parsed.hash) return undefined;
    return parsed.href.replace(/\/+$/, '');
  });

function wholeNumber(value: string): number | undefined {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  return number;
}

function absolute(value: string): string | undefined {
  if (value.includes('\0')) return undefined;
  return resolve(value.replace(/^~(?=\/|$)/, homedir()));
}
