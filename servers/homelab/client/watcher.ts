import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitFolders, headCommit, inProgress } from './git-folder.ts';
import { stampOf } from './load.ts';
import { isWanted } from './selection.ts';
import { watchFolders } from './watch.ts';

/** What a watcher works with. */
export interface Watched {
  /** Looks for changes: at these paths only, or everywhere; told whether git moved and whether the list must be made anew. True when it found any. */
  look(only: readonly string[] | undefined, moved: { git: boolean; list: boolean }): Promise<boolean>;
  folders(): readonly string[];
  knows(path: string): boolean;
  onTrouble: ((error: unknown) => void) | undefined;
}

/** Keeps something up to date: at once where the system tells of changes, and by looking again and again where it does not. */
export interface Watcher {
  /** Looks now, after any look that is under way. */
  now(): Promise<void>;
  /** Starts to look by itself; with `notices` also as soon as the system tells of a change. */
  start(notices: boolean): void;
  stop(): Promise<void>;
}

const SETTLE = 60;
const SOONEST = 700;
const LATEST = 30_000;
/** The share of time that looking may take: one part in forty. */
const SPARE = 40;
/** A file that is written all the time is looked at in one part of five, but never later than this. */
const BUSY = 4;
const SETTLED = 500;
const RELIST = 60_000;

/** A watcher over the folder `root` and the git folders beside it. */
export function watcher(root: string, git: GitFolders | undefined, watched: Watched): Watcher {
  let queue: Promise<void> = Promise.resolve();
  let gitStamp = '';
  let listedAt = 0;
  let took = 0;
  let spent = 0;
  let running = false;
  let hinted: Set<string> | undefined;
  let everywhere = false;
  let settle: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;

  const lookOnce = async (hints?: Iterable<string>) => {
    const started = performance.now();
    const stamp = git ? await stampOfGit(git) : '';
    const hinted = hints && stamp === gitStamp ? await told(hints) : undefined;
    const moved = { git: stamp !== gitStamp, list: (hinted?.unknown ?? false) || Date.now() - listedAt > RELIST };
    if (moved.list) listedAt = Date.now();
    const found = await watched.look(hinted?.paths, moved);
    gitStamp = stamp;
    spent = performance.now() - started;
    // Reading a hundred new files says nothing about what the next look costs.
    if (!found && !hinted && !moved.list) took = spent;
    if (running) notices?.follow(watched.folders());
  };
  const told = async (hints: Iterable<string>) => {
    const paths: string[] = [];
    let unknown = false;
    for (const path of hints) {
      if (watched.knows(path)) paths.push(path);
      else if (isWanted(path) || path.endsWith('.gitignore')) unknown = true;
      else unknown ||= (await lstat(join(root, path)).catch(() => undefined))?.isDirectory() ?? false;
    }
    return { paths, unknown };
  };
  const enqueue = (hints?: Iterable<string>) => {
    const next = queue.then(() => lookOnce(hints));
    queue = next.catch(() => undefined);
    return next;
  };
  // Whoever follows a folder outlives its moods: a failed look is told and tried again.
  const trouble = (error: unknown) => watched.onTrouble?.(error);
  const again = () => {
    if (!running) return;
    poll = setTimeout(() => void enqueue().catch(trouble).finally(again), Math.min(LATEST, Math.max(SOONEST, took * SPARE)));
    poll.unref();
  };
  const woken = (path?: string) => {
    if (path === undefined) everywhere = true;
    else hinted = (hinted ?? new Set()).add(path);
    settle ??= setTimeout(
      () => {
        const hints = everywhere || (hinted?.size ?? 0) > 500 ? undefined : hinted;
        [settle, hinted, everywhere] = [undefined, undefined, false];
        if (running) void enqueue(hints).catch(trouble);
      },
      Math.max(SETTLE, Math.min(spent * BUSY, SETTLED)),
    ).unref();
  };
  let notices: ReturnType<typeof watchFolders> | undefined;
  return {
    now: () => enqueue(),
    start(noticing) {
      running = true;
      if (noticing) notices = watchFolders(root, git ? [git.git] : [], woken);
      notices?.follow(watched.folders());
      again();
    },
    async stop() {
      running = false;
      clearTimeout(poll);
      clearTimeout(settle);
      notices?.close();
      await queue;
    },
  };
}

async function stampOfGit(git: GitFolders): Promise<string> {
  const [commit, busy, index] = await Promise.all([headCommit(git), inProgress(git), stampOf(join(git.git, 'index'))]);
  return `${commit} ${busy} ${index}`;
}
