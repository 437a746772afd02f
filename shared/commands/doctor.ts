import type { z } from 'zod';
import { ConfigFault, type Env, readEnv } from '../config/read-env.ts';
import { Fault } from '../faults.ts';
import { textTable } from './text-table.ts';

/** What one check found, and what to do unless it is `ok`. */
export interface Finding {
  ok: 'ok' | 'warn' | 'fail';
  found: string;
  todo?: string | undefined;
}

/** One thing the doctor looks at; `run` may throw, which is a failure. */
export interface DoctorCheck {
  name: string;
  run(): Promise<Finding> | Finding;
}

/** Something with a configuration of its own, and the checks that this configuration asks for. */
export interface DoctorSubject {
  name: string;
  /** Throws `ConfigFault`. */
  read(env: Env | undefined): { checks: readonly DoctorCheck[]; warnings: readonly string[] };
}

/** A subject from its shape of variables. */
export function doctorSubject<Shape extends z.ZodObject>(
  name: string,
  shape: Shape,
  checks: (config: z.output<Shape>) => readonly DoctorCheck[],
): DoctorSubject {
  return {
    name,
    read(env) {
      const { config, warnings } = readEnv(shape, env);
      return { checks: checks(config), warnings };
    },
  };
}

interface Row extends Finding {
  name: string;
}

const PATIENCE_MS = 15_000;

/** Runs every check and prints a table with what to do; resolves to the exit code: 1 when anything failed, 0 otherwise. */
export async function doctor(
  subjects: readonly DoctorSubject[],
  { out, env }: { out: (text: string) => void; env?: Env },
): Promise<number> {
  const configuration: Row[] = [];
  const pending: Promise<Row>[] = [];
  for (const subject of subjects) {
    try {
      const { checks, warnings } = subject.read(env);
      configuration.push(...warnings.map((found): Row => ({ name: 'configuration', ok: 'warn', found, todo: 'Rename it, or unset it.' })));
      pending.push(...checks.map(checked));
    } catch (error) {
      if (!(error instanceof ConfigFault)) throw error;
      configuration.push(
        ...error.problems.map(
          ({ variable, problem, fix }): Row => ({ name: 'configuration', ok: 'fail', found: `${variable} ${problem}`, todo: `${fix}.` }),
        ),
      );
      pending.push(Promise.resolve({ name: subject.name, ok: 'fail', found: 'not checked', todo: 'Mend the configuration first.' }));
    }
  }
  // Every server reads the variables of the suite, so each would tell the same problem again.
  const told = configuration.filter(({ found }, index) => configuration.findIndex((other) => other.found === found) === index);
  if (told.length === 0)
    told.push({ name: 'configuration', ok: 'ok', found: `of ${subjects.map(({ name }) => name).join(', ')}: no problem` });
  const rows = [...told, ...(await Promise.all(pending))];
  out(tableOf(rows));
  return rows.some(({ ok }) => ok === 'fail') ? 1 : 0;
}

async function checked({ name, run }: DoctorCheck): Promise<Row> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ ok: 'fail', found: `no result within ${PATIENCE_MS / 1000} s` }), PATIENCE_MS);
  });
  try {
    return { name, ...(await Promise.race([Promise.resolve().then(run), late])) };
  } catch (error) {
    if (error instanceof Fault) return { name, ok: 'fail', found: error.message, todo: error.hint };
    const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
    return { name, ok: 'fail', found: `the check itself broke (${code})` };
  } finally {
    clearTimeout(timer);
  }
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ name, ok, found, todo }) => [
    [ok === 'fail' ? 'FAIL' : ok, name, found.replace(/\n/g, '; ')],
    ...(todo && ok !== 'ok' ? [['', '', `-> ${todo}`]] : []),
  ]);
  const number = (state: Finding['ok']) => rows.filter(({ ok }) => ok === state).length;
  return `${textTable(['state', 'check', 'found'], lines)}\n\n${number('ok')} ok, ${number('warn')} to look at, ${number('fail')} failed`;
}
