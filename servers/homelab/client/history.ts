import { redact } from '@homelab/shared/redact/redact.ts';
import { fileDiffs, sectionsOf } from './diff.ts';
import type { Changes, ChangesQuery, Commit, FileChange, SourceFile } from './document.ts';
import type { Git } from './git.ts';
import { isShallow } from './git-folder.ts';
import type { GitState } from './git-state.ts';
import { insidePath } from './inside.ts';
import { isWanted } from './selection.ts';

/** What a question about changes is answered from. */
export interface Past {
  root: string;
  git: Git | undefined;
  /** Why there is no git. */
  missing: string | undefined;
  state: GitState | undefined;
  files: ReadonlyMap<string, SourceFile>;
}

const MOST_COMMITS = 500;
const MOST_PATCH = 8 * 1024 * 1024;
const NO_PROGRAMS = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=all', '--relative'];

/** What changed since a moment. Without git only the files written since are known, and the note says what that leaves open. */
export async function changesOf(query: ChangesQuery, past: Past): Promise<Changes> {
  const paths = (query.paths ?? []).map(insidePath).filter((path) => path !== '');
  const { git, state } = past;
  if (!git || !state) return written(query.since, paths, past);
  const scope = ['--', ...(paths.length > 0 ? paths : ['.'])];
  const limits = { signal: query.signal, bytes: MOST_PATCH };
  const notes: string[] = [];
  const uncommitted = uncommittedFiles(state, paths);
  if (!state.commit) return { commits: [], total: 0, uncommitted, note: 'nothing is committed yet' };
  const since = `--since=${query.since.toISOString()}`;
  const [log, patch, count, shallow] = await Promise.all([
    git.run(
      [
        'log',
        '-z',
        `--format=tformat:${HEAD}`,
        '--numstat',
        '-M',
        `--max-count=${MOST_COMMITS}`,
        since,
        ...NO_PROGRAMS,
        state.commit,
        ...scope,
      ],
      limits,
    ),
    git.run(
      ['log', '--format=tformat:%x01%H', '-p', '-U0', '-M', `--max-count=${MOST_COMMITS}`, since, ...NO_PROGRAMS, state.commit, ...scope],
      limits,
    ),
    git.run(['rev-list', '--count', since, state.commit, ...scope], limits),
    isShallow(git.folders),
  ]);
  if (shallow) notes.push('the clone is shallow: older commits are missing');
  if (log.cut || patch.cut) notes.push('so much changed that not every file and section is named');
  const commits = commitsOf(log.text, sectionsOf(patch.text));
  const changes: Changes = { commits, total: Number(count.text.trim()) || commits.length, uncommitted };
  if (query.diff) changes.diff = await windowDiff(git, state.commit, query, scope);
  return notes.length > 0 ? { ...changes, note: notes.join('; ') } : changes;
}

const HEAD = '%x01%H%x00%ct%x00%an%x00%s%x00';

/** Reads `git log -z --numstat`; tokens are counted off, so that no name or subject can pass for a commit. */
function commitsOf(log: string, sections: ReadonlyMap<string, string[]>): Commit[] {
  const commits: Commit[] = [];
  const tokens = log.split('\0');
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]?.replace(/^\n/, '') ?? '';
    const numbers = /^(\d+|-)\t(\d+|-)\t([\s\S]*)$/.exec(token);
    const commit = commits.at(-1);
    if (token.startsWith('\x01')) {
      const [time = '', author = '', subject = ''] = tokens.slice(at + 1, at + 4);
      commits.push({ hash: token.slice(1), date: new Date(Number(time) * 1000), author, subject: redact(subject), files: [] });
      at += 3;
    } else if (numbers && commit) {
      const renamed = numbers[3] === '';
      const path = (renamed ? tokens[at + 2] : numbers[3]) ?? '';
      const change: FileChange = { path, sections: sections.get(`${commit.hash} ${path}`) ?? [] };
      if (renamed) change.from = tokens[at + 1] ?? '';
      if (renamed) at += 2;
      if (numbers[1] !== '-') [change.added, change.removed] = [Number(numbers[1]), Number(numbers[2])];
      commit.files.push(change);
    }
  }
  return commits;
}

function uncommittedFiles(state: GitState, paths: readonly string[]): FileChange[] {
  const holds = (file: string) => file.endsWith('/') && paths.some((path) => `${path}/`.startsWith(file));
  return [...state.edited].filter((file) => isUnder(file, paths) || holds(file)).map((file) => ({ path: file, sections: [] }));
}

function isUnder(file: string, paths: readonly string[]): boolean {
  return paths.length === 0 || paths.some((path) => file === path || file.startsWith(`${path}/`));
}

/** The difference between the last commit before the window and the work tree, in files that are shown at all. */
async function windowDiff(git: Git, commit: string, query: ChangesQuery, scope: string[]): Promise<{ text: string; cut: boolean }> {
  const limits = { signal: query.signal, bytes: MOST_PATCH };
  const before = await git.run(['rev-list', '-1', `--before=${query.since.toISOString()}`, commit], limits);
  const empty = before.text.trim() === '' ? (await git.run(['hash-object', '-t', 'tree', '/dev/null'], limits)).text : before.text;
  const names = await git.run(['diff', '-z', '--name-only', ...NO_PROGRAMS, empty.trim(), ...scope], limits);
  // SECURITY: what is never read is never shown as a difference either; a tracked .env would stand in it.
  const shown = names.text.split('\0').filter((name) => name !== '' && isWanted(name));
  const some = shown.slice(0, MOST_COMMITS);
  if (some.length === 0) return { text: '', cut: names.cut };
  // With the whole file around each change, redaction sees both versions as they were, not lines torn from a key.
  const args = ['diff', '-M', '-U1000000', ...NO_PROGRAMS, empty.trim(), '--', ...some];
  const whole = await git.run(args, limits);
  return { text: fileDiffs(whole.text, whole.cut), cut: whole.cut || names.cut || some.length < shown.length };
}

function written(since: Date, paths: readonly string[], { files, missing }: Past): Changes {
  const recent = [...files.values()].filter((file) => file.mtimeMs >= since.getTime() && isUnder(file.path, paths));
  return {
    commits: [],
    total: 0,
    uncommitted: recent.sort((a, b) => b.mtimeMs - a.mtimeMs).map((file) => ({ path: file.path, sections: [] })),
    note: `${missing ?? 'git is missing'}: these are the files written since then; who changed them, what changed in them and what was removed cannot be told`,
  };
}
