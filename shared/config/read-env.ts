import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { Fault } from '../faults.ts';
import { noteOf } from './env-fields.ts';
import { nearMiss } from './near-miss.ts';

/** One thing that is wrong with the configuration: the variable, what is wrong with it, what to do. */
export interface EnvProblem {
  variable: string;
  problem: string;
  fix: string;
}

/** Everything that is wrong with the configuration at once, one line each in `message`; no line holds a value. */
export class ConfigFault extends Fault {
  readonly problems: readonly EnvProblem[];

  constructor(problems: readonly EnvProblem[]) {
    const lines = problems.map(({ variable, problem, fix }) => `  ${variable} ${problem}. ${fix}.`);
    super(
      'invalid_input',
      `The configuration has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.\n${lines.join('\n')}`,
    );
    this.name = 'ConfigFault';
    this.problems = problems;
  }
}

export type Env = Readonly<Record<string, string | undefined>>;

export interface EnvReading<Config> {
  config: Config;
  /** Sentences for the log: variables that look like a misspelt one of ours. */
  warnings: string[];
}

const SECRET_FILE_LIMIT = 64 * 1024;

/**
 * The typed values of the variables that `shape` names; an empty variable counts as unset. The only place that reads `process.env`.
 * Throws one `ConfigFault` that lists every problem.
 */
export function readEnv<Shape extends z.ZodObject>(shape: Shape, env: Env = process.env): EnvReading<z.output<Shape>> {
  const problems: EnvProblem[] = [];
  const raw: Record<string, string> = {};
  for (const [variable, schema] of Object.entries(shape.shape)) {
    const value = noteOf(schema).secret ? secretText(variable, env, problems) : env[variable]?.trim();
    if (value) raw[variable] = value;
  }
  const told = new Set(problems.map(({ variable }) => variable));
  const parsed = shape.safeParse(raw);
  for (const issue of parsed.error?.issues ?? []) {
    const variable = String(issue.path[0] ?? 'The environment');
    if (told.has(variable)) continue;
    told.add(variable);
    problems.push({
      variable,
      problem: raw[variable] || !(variable in shape.shape) ? issue.message : 'is not set',
      fix: fixOf(variable, shape),
    });
  }
  if (!parsed.success || problems.length > 0) throw new ConfigFault(problems);
  return { config: parsed.data, warnings: nearMisses(shape, env) };
}

function secretText(variable: string, env: Env, problems: EnvProblem[]): string | undefined {
  const direct = env[variable]?.trim();
  const file = env[`${variable}_FILE`]?.trim();
  const problem = (problem: string, fix: string) => void problems.push({ variable, problem, fix });
  if (!file) return direct;
  if (direct) return problem(`and ${variable}_FILE are both set`, 'Keep one of them');
  try {
    const content = readFileSync(file);
    if (content.byteLength > SECRET_FILE_LIMIT)
      return problem('is a file of over 64 KiB', `Point ${variable}_FILE at a file that holds only the secret`);
    const trimmed = content.toString('utf8').trim();
    return trimmed || problem('is an empty file', `Put the secret into the file that ${variable}_FILE names`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    return problem(`cannot be read from its file (${code})`, `Point ${variable}_FILE at a file that this user can read`);
  }
}

function fixOf(variable: string, shape: z.ZodObject): string {
  const schema = shape.shape[variable];
  if (!schema) return 'See the variables in the README';
  const note = noteOf(schema);
  const usual = describeDefault(schema);
  const file = note.secret ? `, or ${variable}_FILE to a file that holds it` : '';
  return `Set ${variable} to ${note.expects ?? 'a valid value'}${file}${usual ? `, or leave it out for ${usual}` : ''}`;
}

function nearMisses(shape: z.ZodObject, env: Env): string[] {
  const known = Object.keys(shape.shape).flatMap((name) =>
    noteOf(shape.shape[name] as z.core.$ZodType).secret ? [name, `${name}_FILE`] : [name],
  );
  const unset = known.filter((name) => !env[name]);
  return Object.keys(env).flatMap((name) => {
    const meant = known.includes(name) ? undefined : nearMiss(name, unset);
    return meant ? [`${name} is set but unknown; ${meant} may be meant.`] : [];
  });
}

interface DefaultDef {
  type: string;
  defaultValue?: unknown;
  innerType?: z.core.$ZodType;
}

/** The default as people read it: the value, `none` for an optional one, nothing for a required one. */
export function describeDefault(schema: z.core.$ZodType): string | undefined {
  const def = schema._zod.def as DefaultDef;
  if (def.type === 'optional') return 'none';
  if (def.type !== 'default' && def.type !== 'prefault') return undefined;
  const shown = noteOf(schema).shown ?? String(def.defaultValue);
  return shown === '' ? 'none' : shown;
}
