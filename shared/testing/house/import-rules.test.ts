import { describe, expect, test } from 'vitest';
import { importBreaches, type Manifests, placeOf } from './import-rules.ts';
import { IMPORT_TABLE, SDK } from './import-table.ts';

const MANIFESTS: Manifests = {
  shared: { name: '@homelab/shared', dependencies: ['zod'] },
  'servers/homelab': { name: '@homelab/mcp-homelab', dependencies: ['minisearch'] },
  'servers/suite': { name: '@homelab/suite', dependencies: [] },
  'servers/dns': { name: '@homelab/mcp-dns', dependencies: [] },
};

/** A file of the homelab server or of shared that stands in the room. */
function fileIn(room: string, name = 'planted'): string {
  if (room.startsWith('shared/')) return room.endsWith('.ts') ? room : `${room}/${name}.ts`;
  if (room === 'suite') return `servers/suite/${name}.ts`;
  return room.endsWith('.ts') ? `servers/homelab/${room}` : `servers/homelab/${room === 'topic' ? 'retrieval' : room}/${name}.ts`;
}

function importOf(target: string, types = false): string {
  const [, folder = 'shared', rest = ''] = /^(shared|servers\/[^/]+)\/(.*)$/.exec(target) ?? [];
  return `import ${types ? 'type ' : ''}{ X } from '${MANIFESTS[folder]?.name}/${rest}';`;
}

const check = (path: string, text: string): string[] => importBreaches([{ path, text }], MANIFESTS);

const ROOMS = [...new Set(IMPORT_TABLE.flatMap((row) => [...row.rooms]))];

describe.each(IMPORT_TABLE.flatMap((row) => row.rooms.map((room) => ({ room, row }))))('$room', ({ room, row }) => {
  const path = fileIn(room);

  test('imports what its row lists', () => {
    for (const may of row.may.filter((one) => one !== 'simulator')) expect(check(path, importOf(fileIn(may, 'other')))).toEqual([]);
    for (const may of row.types ?? []) expect(check(path, importOf(fileIn(may), true))).toEqual([]);
  });

  test('is refused every other room, by name', () => {
    const refused = ROOMS.filter((one) => one !== room && !row.may.includes(one));
    expect(refused.length).toBeGreaterThan(0);
    for (const one of refused) {
      const statement = importOf(fileIn(one, 'other'));
      const module = /'(.*)'/.exec(statement)?.[1];
      const [breach, ...more] = check(path, `// planted\n${statement}\n`);
      expect(more).toEqual([]);
      expect(breach, statement).toMatch(new RegExp(`^${path}:2: imports ${module}: `));
    }
  });

  test('knows no SDK, no tests and no stray package, unless the row says so', () => {
    const knows = (row.packages as readonly string[]).includes(SDK);
    expect(check(path, `import { McpServer } from '${SDK}server';`)).toHaveLength(knows ? 0 : 1);
    expect(check(path, `import { connect } from '@homelab/shared/testing/connect.ts';`)).toHaveLength(1);
    expect(check(path, `import x from 'left-pad';`)).toHaveLength(row.packages.includes('any') ? 0 : 1);
    expect(check(path, `import { readFile } from 'node:fs/promises';`)).toHaveLength(row.pure ? 1 : 0);
    expect(check(path, `await fetch('http://nas');`)).toHaveLength(row.pure ? 1 : 0);
    expect(check(path, `const port = process.env.PORT;`)).toHaveLength(room === 'shared/config' ? 0 : 1);
  });
});

/** The "never" column and the prose under the table, one planted file each; they hold the table itself. */
const PLANTED: [path: string, text: string, named: string][] = [
  ['shared/log/log.ts', `import { run } from '../mcp/run-tool.ts';`, '../mcp/run-tool.ts'],
  ['shared/metrics/metrics.ts', `import { app } from '../http/app.ts';`, '../http/app.ts'],
  ['shared/auth/tokens.ts', `import { McpServer } from '@modelcontextprotocol/server';`, 'SDK'],
  ['shared/upstream/upstream.ts', `import { audit } from '../safety/audit.ts';`, '../safety/audit.ts'],
  ['shared/safety/policy.ts', `import { app } from '../http/app.ts';`, '../http/app.ts'],
  ['shared/safety/policy.ts', `import { server } from '@homelab/mcp-dns/server.ts';`, 'another server'],
  ['shared/mcp/run-tool.ts', `import { get } from '../upstream/get.ts';`, '../upstream/get.ts'],
  ['shared/mcp/run-tool.ts', `import { tokens } from '../auth/tokens.ts';`, 'shared/auth (types)'],
  ['shared/mcp/run-tool.ts', `const { env } = process;`, 'process.env'],
  ['shared/http/app.ts', `export { get } from '../upstream/get.ts';`, '../upstream/get.ts'],
  ['shared/http/app.ts', `const { z } = await import('@homelab/mcp-dns/server.ts');`, '@homelab/mcp-dns/server.ts'],
  ['shared/serve.ts', `import { McpServer } from '@modelcontextprotocol/server';`, 'SDK'],
  ['servers/homelab/client/git.ts', `import { defineTool } from '@homelab/shared/mcp/tool.ts';`, 'shared/mcp/tool.ts'],
  ['servers/homelab/client/git.ts', `import type { Piholes } from '../../dns/client/piholes.ts';`, 'another server'],
  ['servers/homelab/retrieval/rank.ts', `import { Repository } from '../client/repository.ts';`, 'client (types)'],
  ['servers/homelab/retrieval/rank.ts', `import { readFileSync } from 'node:fs';`, 'no I/O'],
  ['servers/homelab/tools/docs-read.ts', `import { search } from './docs-search.ts';`, 'no tools file imports another'],
  ['servers/homelab/tools/docs-read.ts', `import { execFile } from 'node:child_process';`, 'node:child_process'],
  ['servers/homelab/tools/docs-read.ts', `const a = globalThis.process['env'];`, 'process.env'],
  ['servers/homelab/tools/docs-read.ts', `type T = import('@homelab/shared/upstream/get.ts').T;`, 'shared/upstream/get.ts'],
  ['servers/homelab/server.ts', `import { Repository } from './client/repository.ts';`, 'client (types)'],
  ['servers/homelab/server.ts', `import { rank } from './retrieval/rank.ts';`, './retrieval/rank.ts'],
  ['servers/homelab/index.ts', `import { Server } from '@modelcontextprotocol/sdk/server/index.js';`, 'SDK'],
  ['servers/homelab/tools/docs-read.ts', `const t = await import(\`./\${name}.ts\`);`, 'a computed module'],
  ['shared/lost/lost.ts', `export const x = 1;`, 'stands in no room'],
];

test.each(PLANTED)('%s with %s is refused', (path, text, named) => {
  expect(check(path, text)).toEqual([expect.stringContaining(named)]);
});

test('tests, simulators and the bench import anything', () => {
  const anything = `import { McpServer } from '@modelcontextprotocol/server';\nimport { x } from '../../dns/client/x.ts';\nconst p = process.env.P;`;
  for (const path of ['shared/http/app.test.ts', 'shared/testing/connect.ts', 'servers/homelab/simulator/s.ts', 'bench/index.ts']) {
    expect(check(path, anything)).toEqual([]);
  }
});

test("a server's own packages are its client's and topics' alone", () => {
  expect(check('servers/homelab/retrieval/rank.ts', `import MiniSearch from 'minisearch';`)).toEqual([]);
  expect(check('servers/dns/verdict/rank.ts', `import MiniSearch from 'minisearch';`)).toHaveLength(1);
  expect(check('servers/homelab/tools/docs-read.ts', `import MiniSearch from 'minisearch';`)).toHaveLength(1);
});

test('comments and strings are no imports', () => {
  expect(check('shared/faults.ts', `// import { z } from 'zod';\n/* process.env */ export const a = "import('zod')";\n`)).toEqual([]);
});

test('a file has its place', () => {
  expect(placeOf('shared/mcp/tool.ts')).toEqual({ room: 'shared/mcp' });
  expect(placeOf('servers/homelab/retrieval/rank.ts')).toEqual({ room: 'topic', server: 'homelab' });
  expect(placeOf('launch.mjs')).toBeUndefined();
});
