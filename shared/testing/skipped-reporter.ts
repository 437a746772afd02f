import type { Reporter, TestCase } from 'vitest/node';
import { howToGet, missingFrom } from './engines.ts';

/** A skipped test as far as its reason goes. */
export interface Skipped {
  fullName: string;
  /** What the test gave to `context.skip(note)`. */
  note?: string | undefined;
}

function reasonOf({ fullName, note }: Skipped): string {
  const missing = missingFrom(fullName);
  return missing.length > 0 ? missing.map(howToGet).join('; ') : (note ?? 'NO REASON GIVEN');
}

/** One line per reason with the number of tests it skipped; empty when none was skipped. */
export function skippedLines(skipped: readonly Skipped[]): string[] {
  const byReason = Map.groupBy(skipped, reasonOf);
  return [...byReason].map(([reason, tests]) => `  ${tests.length} skipped: ${reason}`);
}

const isSkipped = (test: TestCase): boolean => test.result().state === 'skipped';

/** Says at the end of a run which tests were skipped, why, and how to have them run. Silent when tests are chosen by name. */
export function skippedReporter(): Reporter {
  let chosen = false;
  return {
    onInit(vitest) {
      chosen = vitest.config.testNamePattern !== undefined;
    },
    onTestRunEnd(modules) {
      const tests = modules.flatMap((module) => [...module.children.allTests()]).filter(isSkipped);
      const lines = skippedLines(
        tests.map((test) => {
          const result = test.result();
          return { fullName: test.fullName, note: result.state === 'skipped' ? result.note : undefined };
        }),
      );
      if (!chosen && lines.length > 0) console.log(`\nNot everything ran on this machine:\n${lines.join('\n')}\n`);
    },
  };
}
