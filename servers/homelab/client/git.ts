import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@homelab/shared/faults.ts';
import { gate } from './gate.ts';
import { type GitFolders, shadow } from './git-folder.ts';

/** What git printed; `cut` when it was more than asked for. */
export interface GitOutput {
  text: string;
  cut: boolean;
}

/** Limits of one git command. */
export interface GitLimits {
  signal?: AbortSignal | undefined;
  /** Bytes of output; 16 MiB unless told. */
  bytes?: number;
  /** Milliseconds; 10,000 unless told. */
  timeout?: number;
  /** What the command reads as its standard input. */
  input?: string;
  /** Variables that this command sees besides: a scratch's, or who commits. */
  env?: Readonly<Record<string, string>>;
}

/** Objects and an index beside the repository's own: what is made there is seen by its commands only, and gone with it. */
export interface Scratch {
  env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** Works on one repository with the git program. */
export interface Git {
  folders: GitFolders;
  /** Runs `git ...args` in the repository. Throws `timeout`, or `upstream` when git fails; its words are in the cause only. */
  run(args: string[], limits?: GitLimits): Promise<GitOutput>;
  /** Reads or moves the repository's own refs, in whatever form it keeps them. Throws as `run`. */
  refs(args: ['for-each-ref' | 'symbolic-ref' | 'update-ref', ...string[]], limits?: GitLimits): Promise<GitOutput>;
  scratch(): Promise<Scratch>;
  /** Makes `commit` the HEAD that commands see. */
  at(commit: string | undefined): Promise<void>;
  close(): Promise<void>;
}

/** Git programs that run at once; a thousand questions must not become a thousand processes. */
const AT_ONCE = 4;
const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/run/current-system/sw/bin';

/** Git over the repository that `root` is in. Throws when git is not installed or cannot read it. */
export async function openGit(
  root: string,
  folders: GitFolders,
  options: { searchPath?: string | undefined; spareFolder?: string | undefined },
): Promise<Git> {
  const own = await shadow(folders, options.spareFolder);
  const env = {
    PATH: options.searchPath ?? DEFAULT_PATH,
    HOME: own.path,
    LC_ALL: 'C.UTF-8',
    // SECURITY: git sees a folder of ours with our configuration. With the repository's own one, reading it would run what a stranger
    // wrote there: fsmonitor, filters, textconv, external diff, hooks, gpg, pager, ssh, credential helpers.
    GIT_DIR: own.path,
    GIT_WORK_TREE: folders.top,
    GIT_OBJECT_DIRECTORY: `${folders.common}/objects`,
    GIT_INDEX_FILE: `${folders.git}/index`,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_PAGER: 'cat',
  };
  const execute = (args: string[], limits: GitLimits) =>
    new Promise<GitOutput>((resolve, reject) => {
      const options = {
        cwd: root,
        env: { ...env, ...limits.env },
        encoding: 'utf8' as const,
        maxBuffer: limits.bytes ?? 16 * 1024 * 1024,
        timeout: limits.timeout ?? 10_000,
        killSignal: 'SIGKILL' as const,
        ...(limits.signal ? { signal: limits.signal } : {}),
      };
      const child = execFile('git', ['--no-pager', ...HARDENED, ...args], options, (error, stdout) => {
        if (!error) resolve({ text: stdout, cut: false });
        else if (error.code === ('ERR_CHILD_PROCESS_STDIO_MAXBUFFER' as never)) resolve({ text: stdout, cut: true });
        else if (limits.signal?.aborted) reject(limits.signal.reason);
        else if (error.killed)
          reject(new Fault('timeout', 'Git took too long to answer.', { hint: 'Ask for a shorter time or one path.', cause: error }));
        else reject(new Fault('upstream', 'Git could not read the repository.', { hint: 'Run `git fsck` in HOMELAB_REPO.', cause: error }));
      });
      if (limits.input === undefined) return;
      // A program that ends before it read everything is told by its exit, not here.
      child.stdin?.on('error', () => {});
      child.stdin?.end(limits.input);
    });
  const pass = gate(AT_ONCE);
  const run = (args: string[], limits: GitLimits = {}) => pass(() => execute(args, limits), limits.signal);
  try {
    await run(['rev-parse', '--is-inside-work-tree'], { timeout: 5000 });
  } catch (error) {
    await own.close();
    throw error;
  }
  return {
    folders,
    run,
    // SECURITY: these three commands run nothing that a configuration names but hooks, and those are off; no other command may see it.
    refs: (args, limits = {}) => run(args, { ...limits, env: { ...limits.env, GIT_DIR: folders.git } }),
    scratch: () => scratchIn(own.path, `${folders.common}/objects`),
    at: own.at,
    close: own.close,
  };
}

async function scratchIn(folder: string, objects: string): Promise<Scratch> {
  const path = await mkdtemp(join(folder, 'scratch-'));
  await mkdir(join(path, 'objects'));
  const env = {
    GIT_INDEX_FILE: join(path, 'index'),
    GIT_OBJECT_DIRECTORY: join(path, 'objects'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(objects),
  };
  return { env, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Said again on the command line, for the day when a setting of ours no longer shields. */
const HARDENED = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  // What a ref names must be on the disk before the ref is.
  ['core.fsync', 'committed,loose-object'],
  ['diff.external', ''],
  ['log.showSignature', 'false'],
  ['core.sshCommand', 'false'],
  ['credential.helper', ''],
  ['submodule.recurse', 'false'],
  ['diff.ignoreSubmodules', 'all'],
  ['core.quotePath', 'false'],
].flatMap(([key, value]) => ['-c', `${key}=${value}`]);
