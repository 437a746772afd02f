import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { skippedReporter } from './shared/testing/skipped-reporter.ts';

// A file's name says what it needs: *.integration.test.ts waits for real engines or takes long, every other test is fast and needs neither.
const EVERY = '{shared,servers,bench}/**/*.test.ts';
const INTEGRATION = '{shared,servers,bench}/**/*.integration.test.ts';
const HOUSE = 'shared/house.test.ts';
const NEVER = '**/node_modules/**';
const json = process.env.TESTS_JSON;

export default defineConfig({
  test: {
    reporters: ['minimal', skippedReporter(), ...(json ? [['json', { outputFile: json }] as ['json', object]] : [])],
    silent: 'passed-only',
    // Many tests wait rather than work, and the default leaves a two-core machine one worker.
    maxWorkers: Math.max(4, availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'house', include: [HOUSE] } },
      { extends: true, test: { name: 'fast', include: [EVERY], exclude: [HOUSE, INTEGRATION, NEVER] } },
      { extends: true, test: { name: 'integration', include: [INTEGRATION], exclude: [NEVER] } },
    ],
  },
});
