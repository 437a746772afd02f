import type { Revision, ScenarioResult } from './suite.ts';

/** One server held against one set of scenarios. */
export interface Verdict {
  server: string;
  revision: Revision;
  passed: string[];
  /** `scenario: check: why` for each failed check; `scenario: did not run` for one without a result. */
  failed: string[];
  total: number;
  untestable: number;
}

/** Judges the named scenarios only. One that did not run, or that had nothing to check, has failed: silence is no pass. */
export function judge(
  server: string,
  revision: Revision,
  wanted: readonly string[],
  results: ReadonlyMap<string, ScenarioResult>,
  fixture: boolean,
): Verdict {
  const verdict: Verdict = { server, revision, passed: [], failed: [], total: wanted.length, untestable: 0 };
  for (const name of wanted) {
    const result = results.get(name);
    if (!result) verdict.failed.push(`${name}: did not run`);
    else if (result.passed === 0) verdict.failed.push(`${name}: nothing was checked`);
    else if (fixture && result.untestable > 0) verdict.failed.push(`${name}: ${result.untestable} checks were not testable`);
    else if (result.failed.length > 0) verdict.failed.push(...result.failed.map(({ check, why }) => `${name}: ${check}: ${why}`));
    else verdict.passed.push(name);
    verdict.untestable += result?.untestable ?? 0;
  }
  return verdict;
}

/** The verdicts as lines for a person. */
export function report(verdicts: readonly Verdict[]): string {
  const width = Math.max(...verdicts.map(({ server }) => server.length));
  const lines = verdicts.flatMap(({ server, revision, passed, failed, total, untestable }) => [
    `${server.padEnd(width)}  ${revision}  ${`${passed.length}/${total}`.padStart(5)} scenarios${untestable ? `, ${untestable} checks need the suite's own tools` : ''}  ${failed.length ? 'FAILED' : 'ok'}`,
    ...failed.map((line) => `  ${line}`),
  ]);
  return lines.join('\n');
}
