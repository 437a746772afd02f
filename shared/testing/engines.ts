import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, type TestFunction, test } from 'vitest';
import { HOW_TO_GET, STATE_FILE, testbed } from './testbed/bed.ts';

/** A program that some tests need and that no npm package brings. */
interface Engine {
  program: string;
  /** Debian's package. */
  package: string;
}

/** Every program the tests may need, by the name the tests use. */
export const ENGINES = {
  git: { program: 'git', package: 'git' },
  dockerd: { program: 'dockerd', package: 'docker.io' },
  sshd: { program: 'sshd', package: 'openssh-server' },
  prometheus: { program: 'prometheus', package: 'prometheus' },
  promtool: { program: 'promtool', package: 'prometheus' },
  alertmanager: { program: 'prometheus-alertmanager', package: 'prometheus-alertmanager' },
  'node-exporter': { program: 'prometheus-node-exporter', package: 'prometheus-node-exporter' },
  'docker-compose': { program: 'docker-compose', package: 'docker-compose' },
  amtool: { program: 'amtool', package: 'prometheus-alertmanager' },
  caddy: { program: 'caddy', package: 'caddy' },
  keepalived: { program: 'keepalived', package: 'keepalived' },
  chromium: { program: 'chromium', package: 'chromium' },
  /** No program: three real hosts that a script brings up. */
  testbed: { program: 'testbed', package: '' },
} as const satisfies Record<string, Engine>;

export type EngineName = keyof typeof ENGINES;

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** The absolute path of an engine's program, looked up on PATH; undefined when this machine has none. */
export function engine(name: EngineName, path: string = process.env.PATH ?? ''): string | undefined {
  if (name === 'testbed') return testbed() && STATE_FILE;
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, ENGINES[name].program))
    .find(isProgram);
}

/** How to get an engine: one sentence with the command. */
export function howToGet(name: EngineName): string {
  if (name === 'testbed') return HOW_TO_GET;
  return `${ENGINES[name].program} is not on PATH: apt-get install ${ENGINES[name].package}`;
}

const MARK = /\[needs ([a-z, -]+)\]/;

/** The engines a test's full name says it waits for; empty when it waits for none. */
export function missingFrom(fullName: string): EngineName[] {
  const names = MARK.exec(fullName)?.[1]?.split(', ') ?? [];
  return names.filter((name): name is EngineName => name in ENGINES);
}

/** A `describe` that is skipped where an engine is missing; the end of the test run then names the engine and how to get it. */
export function describeWith(engines: readonly EngineName[], name: string, body: () => void): void {
  const missing = engines.filter((one) => !engine(one));
  if (missing.length === 0) describe(name, body);
  else describe.skip(`${name} [needs ${missing.join(', ')}]`, body);
}

/** As `describeWith`, for one test. */
export function testWith(engines: readonly EngineName[], name: string, body: TestFunction): void {
  const missing = engines.filter((one) => !engine(one));
  if (missing.length === 0) test(name, body);
  else test.skip(`${name} [needs ${missing.join(', ')}]`, body);
}
