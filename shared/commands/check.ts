import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { report, runSteps, type Step } from './check-steps.ts';

const LANES = 2;
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--no-color', '--project'];
const DOCS = 'servers/suite/docs.ts';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const { values } = parseArgs({ options: { tests: { type: 'boolean', default: true } }, allowNegative: true });

const generated: Step[] = existsSync(DOCS) ? [{ name: 'generated files', args: [DOCS, '--check'] }] : [];
const tests: Step[] = values.tests ? [{ name: 'fast tests', args: [...VITEST, 'fast'] }] : [];

const results = await runSteps(
  [
    ...tests,
    { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', '.'] },
    { name: 'lint', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] },
    { name: 'house rules', args: [...VITEST, 'house'] },
    ...generated,
  ],
  LANES,
);

console.log(report(results));
if (generated.length === 0) console.log(`generated files  skipped: ${DOCS} does not exist yet`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
