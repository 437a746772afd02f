import type { Serving } from '../../serve.ts';
import { fixtureServer, shelf } from '../fixture-server.ts';
import { start } from '../start.ts';
import { conformanceServer, extension } from './fixture.ts';
import { type Revision, required } from './suite.ts';

/** One server that the suite is run against. */
export interface Subject {
  name: string;
  /** True for the server that has every tool that the suite calls. */
  fixture: boolean;
  scenarios: (revision: Revision) => readonly string[];
  start: () => Promise<Serving>;
}

/** What every server must pass, whatever its tools are named. */
const NAME_INDEPENDENT: Record<Revision, readonly string[]> = {
  '2026-07-28': [
    'server-stateless',
    'tools-list',
    'resources-list',
    'prompts-list',
    'sep-2164-resource-not-found',
    'dns-rebinding-protection',
    'caching',
    'http-header-validation',
    'server-sse-multiple-streams',
    'input-required-result-unsupported-methods',
  ],
  '2025-11-25': [
    'server-initialize',
    'ping',
    'tools-list',
    'resources-list',
    'prompts-list',
    'dns-rebinding-protection',
    'server-session-lifecycle',
    'server-sse-multiple-streams',
  ],
};

const product = (name: string, open: () => Promise<Serving>): Subject => ({
  name,
  fixture: false,
  scenarios: (revision) => NAME_INDEPENDENT[revision],
  start: open,
});

/** Every server that must conform, the suite's own fixture first. */
export const subjects: readonly Subject[] = [
  {
    name: conformanceServer.name,
    fixture: true,
    scenarios: required,
    start: () => start(conformanceServer, undefined, { extend: extension }),
  },
  product(fixtureServer.name, () => start(fixtureServer, shelf())),
];
