import { z } from 'zod';
import { ConfigFault, type Env, type EnvProblem, readEnv } from '../config/read-env.ts';
import { type SuiteConfig, suiteEnv } from '../config/suite-env.ts';
import { Fault } from '../faults.ts';
import type { AnyServerModule, DoctorCheck } from './server-module.ts';
import { portCheck, suiteChecks } from './suite-checks.ts';
import { textTable } from './text-table.ts';

/** What one check found; `todo` says what to do unless it is `ok`. */
export type Finding = Awaited<ReturnType<DoctorCheck['run']>>;

interface Row extends Finding {
  name: string;
}

const PATIENCE_MS = 15_000;

/** Checks what the suite and these servers need and prints a table with what to do; resolves to the exit code: 1 when anything failed, 0 otherwise. */
export async function doctor(
  modules: readonly AnyServerModule[],
  { out, env }: { out: (text: string) => void; env?: Env },
): Promise<number> {
  const configuration: Row[] = [];
  const pending: Promise<Row>[] = [];
  const look = <Shape extends z.ZodObject>(
    name: string,
    shape: Shape,
    checks: (config: z.output<Shape>) => readonly DoctorCheck[],
  ): void => {
    try {
      const { config, warnings } = readEnv(shape, env);
      configuration.push(...warnings.map((found): Row => ({ name: 'configuration', ok: 'warn', found, todo: 'Rename it, or unset it.' })));
      pending.push(...checks(config).map(checked));
    } catch (error) {
      if (!(error instanceof ConfigFault)) throw error;
      configuration.push(...error.problems.map(problemRow));
      pending.push(Promise.resolve({ name, ok: 'fail', found: 'not checked', todo: 'Mend the configuration first.' }));
    }
  };
  look('suite', z.object(suiteEnv), suiteChecks);
  for (const { definition, env: own, port, checks } of modules) {
    look(definition.name, z.object({ ...suiteEnv, ...own }), (all) => {
      // A list of modules has lost the shapes; the parse above had them.
      const config = all as SuiteConfig & Record<string, unknown>;
      return [portCheck(definition.name, config.HOST, Number(config[port]), port), ...checks(config)];
    });
  }
  // Every server reads the variables of the suite, so each would tell the same problem again.
  const told = configuration.filter(({ found }, index) => configuration.findIndex((other) => other.found === found) === index);
  if (told.length === 0)
    told.push({
      name: 'configuration',
      ok: 'ok',
      found: `${['suite', ...modules.map(({ definition }) => definition.name)].join(', ')}: no problem`,
    });
  const rows = [...told, ...(await Promise.all(pending))];
  out(tableOf(rows));
  return rows.some(({ ok }) => ok === 'fail') ? 1 : 0;
}

function problemRow({ variable, problem, fix }: EnvProblem): Row {
  return { name: 'configuration', ok: 'fail', found: `${variable} ${problem}`, todo: `${fix}.` };
}

async function checked({ name, run }: DoctorCheck): Promise<Row> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ ok: 'fail', found: `no result within ${PATIENCE_MS / 1000} s` }), PATIENCE_MS);
  });
  try {
    return { name, ...(await Promise.race([run(), late])) };
  } catch (error) {
    if (error instanceof Fault) return { name, ok: 'fail', found: error.message, ...(error.hint && { todo: error.hint }) };
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
