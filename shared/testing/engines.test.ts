import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ENGINES, engine, howToGet, missingFrom } from './engines.ts';
import { skippedLines } from './skipped-reporter.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'engines-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('an engine is found on PATH, the first one first, and only where it can be run', () => {
  const [first, second] = [folder(), folder()];
  const path = ['', first, second].join(delimiter);
  expect(engine('git', path)).toBeUndefined();
  writeFileSync(join(second, 'git'), '');
  writeFileSync(join(first, 'git'), '');
  chmodSync(join(second, 'git'), 0o755);
  chmodSync(join(first, 'git'), 0o644);
  expect(engine('git', path)).toBe(join(second, 'git'));
  chmodSync(join(first, 'git'), 0o755);
  expect(engine('git', path)).toBe(join(first, 'git'));
});

test('each reason is told once, with the number of tests and the way out', () => {
  const skipped = [
    { fullName: 'repo_changes [needs git] > shows a diff' },
    { fullName: 'repo_changes [needs git] > shows a folder' },
    { fullName: 'contract > holds', note: 'CONTRACTS_DIR is not set' },
    { fullName: 'lazy' },
  ];
  expect(skippedLines(skipped)).toEqual([
    '  2 skipped: git is not on PATH: apt-get install git',
    '  1 skipped: CONTRACTS_DIR is not set',
    '  1 skipped: NO REASON GIVEN',
  ]);
  expect(skippedLines([])).toEqual([]);
});

test('every engine can be named by a skipped suite', () => {
  const names = Object.keys(ENGINES) as (keyof typeof ENGINES)[];
  expect(missingFrom(`x [needs ${names.join(', ')}] > y`)).toEqual(names);
  for (const name of names) expect(howToGet(name)).toContain('apt-get install');
});
