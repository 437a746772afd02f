import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A throw-away homelab folder for tests. */
export interface LabFolder {
  root: string;
  write(path: string, text: string | Uint8Array): void;
  /** Runs the real git there, with an identity and without the machine's own configuration. Dates as `GIT_COMMITTER_DATE` when given. */
  git(args: string[], date?: string): string;
  /** Adds and commits everything. */
  commit(subject: string, date?: string): void;
  remove(): void;
}

/** Makes a folder with these files; `git: true` makes it a repository with one commit. */
export function labFolder(files: Record<string, string> = {}, { git = false }: { git?: boolean } = {}): LabFolder {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'lab-')));
  const lab: LabFolder = {
    root,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    git: (args, date) => gitIn(root, args, date),
    commit(subject, date) {
      lab.git(['add', '-A']);
      lab.git(['commit', '-q', '--allow-empty', '-m', subject], date);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  for (const [path, text] of Object.entries(files)) lab.write(path, text);
  if (git) {
    lab.git(['init', '-q', '-b', 'main']);
    lab.commit('start');
  }
  return lab;
}

/** Runs the real git in a folder and returns what it printed. */
export function gitIn(folder: string, args: string[], date?: string): string {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_EDITOR: 'true',
    ...(date ? { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } : {}),
  };
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@lab.test', '-c', 'protocol.file.allow=always'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Looks again and again until `look` gives something; fails after 20 s with what was waited for. */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}
