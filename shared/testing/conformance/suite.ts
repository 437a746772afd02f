import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The frozen requirement sets that we serve. */
export const REVISIONS = ['2026-07-28', '2025-11-25'] as const;
export type Revision = (typeof REVISIONS)[number];

/** One scenario as the suite judged it. */
export interface ScenarioResult {
  name: string;
  passed: number;
  failed: { check: string; why: string }[];
  /** Checks that need a tool of the suite's own fixture; a failure of these says nothing about another server. */
  untestable: number;
}

interface Check {
  id: string;
  status: string;
  errorMessage?: string;
  details?: { untestable?: boolean };
}

const HOME = new URL('../../../node_modules/@modelcontextprotocol/conformance/', import.meta.url);
const LIMIT_MS = 90_000;

/** The scenarios that a revision requires of a server. */
export function required(revision: Revision): readonly string[] {
  return parse(readFileSync(new URL(`requirements/${revision}.yaml`, HOME), 'utf8')).server;
}

/** Runs the official suite against `url`; gives what each scenario reported, by its name. */
export async function runSuite(url: string, revision: Revision): Promise<Map<string, ScenarioResult>> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const args = [fileURLToPath(new URL('dist/index.js', HOME)), 'server', '--url', url, '--requirements', revision, '-o', folder];
    await finished(args);
    return new Map(readdirSync(folder).map((name) => scenario(folder, name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function finished(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: LIMIT_MS, killSignal: 'SIGKILL' });
    child.on('error', reject);
    // 1 only says that some scenario failed; which ones, and whether they count, is read from the results.
    child.on('exit', (code, signal) =>
      code === 0 || code === 1 ? resolve() : reject(new Error(`the suite ended with ${signal ?? code}`)),
    );
  });
}

function scenario(folder: string, name: string): [string, ScenarioResult] {
  const checks: Check[] = JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8'));
  const id = name.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '');
  const failures = checks.filter(({ status }) => status === 'FAILURE');
  return [
    id,
    {
      name: id,
      passed: checks.filter(({ status }) => status === 'SUCCESS').length,
      failed: failures.filter(({ details }) => !details?.untestable).map((check) => ({ check: check.id, why: check.errorMessage ?? '' })),
      untestable: failures.filter(({ details }) => details?.untestable).length,
    },
  ];
}
