import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lab, repository } from '../tests/open-lab.ts';
import type { Git } from './git.ts';
import { kindOf } from './kinds.ts';
import { listing, MOST_FILES } from './listing.ts';
import { isWanted } from './selection.ts';

test.for([
  ...[
    'a.md',
    'Dockerfile',
    'web.Dockerfile',
    'Caddyfile',
    'Caddyfile.local',
    'nginx.conf',
    'x.service',
    'main.tf',
    'flake.nix',
    'run.sh',
    'a.ps1',
    'b.py',
  ],
  ...[
    'compose.yml',
    'docker-compose.yml.j2',
    'x.json',
    'x.toml',
    'x.ini',
    'notes.txt',
    '.env.example',
    'env.example',
    'stack.env.sample',
    'Makefile',
  ],
])('%s is read', (path) => expect(isWanted(path)).toBe(true));

test.for([
  ...[
    '.env',
    '.env.local',
    'stack.env',
    'prod.tfvars',
    '.envrc',
    'id_rsa',
    'key.pem',
    'a.jpg',
    'a.sqlite',
    'yarn.lock',
    'flake.lock',
    'package-lock.json',
  ],
  ...['node_modules/a.md', 'x/vendor/a.md', '.git/config', 'a/.terraform/x.tf', 'dist/a.md', 'a.tar.gz', '.gitignore', 'noextension'],
])('%s is not', (path) => expect(isWanted(path)).toBe(false));

test.for([
  ['decisions/0001-x.md', 'decision'],
  ['docs/adr/1-x.md', 'decision'],
  ['notes/0001-x.md', 'decision'],
  ['notes/2024-01-02-diary.md', 'doc'],
  ['ops/runbook-nas.md', 'runbook'],
  ['runbooks/x.yaml', 'config'],
  ['services/immich/README.md', 'service'],
  ['services/immich/compose.yaml', 'compose'],
  ['services/immich/service.yaml', 'service'],
  ['services/immich/deployment.yaml', 'service'],
  ['docker-compose.prod.yml', 'compose'],
  ['grafana.ini', 'config'],
  ['notes.txt', 'doc'],
] as const)('%s is a %s', ([path, kind]) => expect(kindOf(path, '')).toBe(kind));

test('compose files are known by what they hold, contracts by their apiVersion', () => {
  expect(kindOf('stacks/media.yml', 'name: x\nservices:\n  # note\n\n  tv:\n    image: jellyfin\n')).toBe('compose');
  expect(kindOf('stacks/media.yml', 'services:\n  - web\nother:\n  image: x\n')).toBe('config');
  expect(kindOf('x/immich.yaml', 'apiVersion: homelab/v1\nkind: Service\n')).toBe('service');
});

test('more files than are read at most: the outermost are kept, the rest is counted', async () => {
  const names = Array.from({ length: MOST_FILES + 500 }, (_, number) => `deep/er/f${number}.md`);
  const git = {
    folders: { top: '/x', git: '/x', common: '/x' },
    run: async (args: string[]) => ({ text: args.includes('--directory') ? '' : [...names, 'README.md'].join('\0'), cut: false }),
  } as unknown as Git;
  const { paths, beyond } = await listing('/x', git);
  expect(paths).toHaveLength(MOST_FILES);
  expect(paths).toContain('README.md');
  expect(beyond).toBe(501);
});

test('pipes and sockets are never opened', async (context) => {
  if (process.platform === 'win32') context.skip('Windows has no named pipes in folders');
  const { root } = lab({ 'a.md': 'a' });
  execFileSync('/usr/bin/mkfifo', [join(root, 'pipe.md')]);
  const server = createServer().listen(join(root, 'socket.md'));
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const made = await repository(root);
  expect(made.files().map(({ path }) => path)).toEqual(['a.md']);
  expect(made.provenance().skipped).toBe('2 files a pipe, socket or device');
});

test('a file that may not be read is told, and read once it may', async (context) => {
  if (process.getuid?.() === 0) context.skip('the superuser may read everything; run the tests as another user');
  const { root } = lab({ 'a.md': 'a', 'closed.md': 'b' });
  chmodSync(join(root, 'closed.md'), 0o000);
  const made = await repository(root);
  expect(made.provenance().skipped).toBe('1 file not readable for this user');
  chmodSync(join(root, 'closed.md'), 0o600);
  await made.refresh();
  expect(made.file('closed.md')?.text).toBe('b');
});
