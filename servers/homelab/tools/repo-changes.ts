import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { span } from '@homelab/shared/render/time.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import { insidePath } from '../client/inside.ts';
import { BoundedDiff, boundedDiff } from '../documents/bounded-diff.ts';
import { type ChangedFile, groupsOf, isOfService } from '../documents/change-groups.ts';
import { proposalLine } from '../documents/proposal-line.ts';
import { sinceOf } from '../documents/since.ts';
import { ageOf, Source, sourceLine, sourceOf } from '../documents/source.ts';

const MOST = { commits: 10, groups: 8, files: 3, uncommitted: 12, paths: 200, proposals: 10 };
const MOST_DIFF = 6000;

const OneFile = z.object({
  path: z.string(),
  from: z.string().optional(),
  added: z.int(),
  removed: z.int(),
  sections: z.array(z.string()),
});

/** Tells what changed in the repository since a moment. */
export const repoChanges = defineTool({
  name: 'repo_changes',
  title: 'What changed in the homelab repository',
  description:
    'Commits of the homelab repository since a moment, by service or folder, with the sections and lines changed. Ask it first when something broke; `diff` shows the lines.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    since: z.string().max(40).default('7d').describe('24h, 7d, 3mo or a date'),
    path: z.string().max(300).optional(),
    service: z.string().trim().min(1).max(80).optional(),
    diff: z.boolean().default(false),
  }),
  output: z.object({
    since: z.string(),
    until: z.string(),
    commits: z.array(z.object({ hash: z.string(), date: z.string(), age: z.string(), author: z.string(), subject: z.string() })),
    total: z.int(),
    files: z.int(),
    groups: z.array(
      z.object({ name: z.string(), commits: z.int(), added: z.int(), removed: z.int(), files: z.array(OneFile), fileCount: z.int() }),
    ),
    groupCount: z.int(),
    uncommitted: z.array(z.string()),
    uncommittedCount: z.int(),
    diff: BoundedDiff.optional(),
    proposals: z.array(z.string()),
    proposalCount: z.int(),
    note: z.string().optional(),
    source: Source,
  }),
  async handler({ since, path, service, diff }, { repository }: Homelab, { signal }) {
    const now = Date.now();
    const from = sinceOf(since, now);
    const paths = path ? [insidePath(path)] : [];
    const [all, proposals] = await Promise.all([
      repository.changes({ since: from, paths, diff: diff && !service, signal }),
      repository.proposals.open(signal),
    ]);
    const ours = (file: { path: string; from?: string }) =>
      !service || isOfService(file.path, service) || isOfService(file.from ?? '', service);
    const commits = all.commits
      .map((commit) => ({ ...commit, files: commit.files.filter(ours) }))
      .filter((commit) => !service || commit.files.length > 0);
    const uncommitted = all.uncommitted.filter(ours).map((file) => file.path);
    const groups = groupsOf({ commits });
    const touched = [...new Set([...groups.flatMap((group) => group.files.map((file) => file.path)), ...uncommitted])];
    const ofService = diff && service && touched.length > 0;
    const shown = ofService
      ? (await repository.changes({ since: from, paths: touched.slice(0, MOST.paths), diff: true, signal })).diff
      : all.diff;
    return {
      since: from.toISOString(),
      until: new Date(now).toISOString(),
      commits: commits.slice(0, MOST.commits).map(({ hash, date, author, subject }) => ({
        ...{ hash: hash.slice(0, 7), date: date.toISOString(), age: ageOf(date, now) },
        ...{ author: plain(author, 60), subject: plain(subject, 100) },
      })),
      total: service ? commits.length : all.total,
      files: new Set(groups.flatMap((group) => group.files.map((file) => file.path))).size,
      groups: groups.slice(0, MOST.groups).map(({ name, files, ...counts }) => ({
        ...{ name: plain(name), ...counts, fileCount: files.length },
        files: files.slice(0, MOST.files).map(plainFile),
      })),
      groupCount: groups.length,
      uncommitted: uncommitted.slice(0, MOST.uncommitted).map((name) => plain(name)),
      uncommittedCount: uncommitted.length,
      ...(shown && { diff: boundedDiff(shown, MOST_DIFF) }),
      proposals: proposals.slice(0, MOST.proposals).map((one) => proposalLine(one, now)),
      proposalCount: proposals.length,
      ...(all.note && { note: all.note }),
      source: sourceOf(repository.provenance(), now),
    };
  },
  render({
    since,
    until,
    commits,
    total,
    files,
    groups,
    groupCount,
    uncommitted,
    uncommittedCount,
    diff,
    proposals,
    proposalCount,
    note,
    source,
  }) {
    const window = span(new Date(since), new Date(until));
    const lines = [total === 0 ? `No commits in ${window}.` : `${plural(total, 'commit')} in ${window}, ${plural(files, 'file')}`];
    for (const { name, commits: count, added, removed, files: changed, fileCount } of groups) {
      lines.push(`${name} · ${plural(count, 'commit')} · +${added} -${removed}`);
      for (const file of changed) {
        const sections = file.sections.length > 0 ? ` (${file.sections.join(', ')})` : '';
        lines.push(`  ${file.from ? `${file.from} -> ` : ''}${file.path} +${file.added} -${file.removed}${sections}`);
      }
      if (fileCount > changed.length) lines.push(`  and ${plural(fileCount - changed.length, 'more file')}`);
    }
    if (groupCount > groups.length) lines.push(`${groups.length} of ${groupCount} groups; the rest: give \`path\` or a shorter \`since\``);
    if (commits.length > 0) lines.push('Commits, newest first:');
    for (const { hash, age, subject } of commits) lines.push(`  ${hash} ${age} ago  ${subject}`);
    if (total > commits.length) lines.push(`  ${commits.length} of ${total}; the rest: give \`path\`, \`service\` or a shorter \`since\``);
    if (uncommittedCount > 0) {
      const more = uncommittedCount > uncommitted.length ? ` and ${uncommittedCount - uncommitted.length} more` : '';
      lines.push(`${source.state === 'no git' ? 'Written' : 'Uncommitted'}: ${uncommitted.join(', ')}${more}`);
    }
    if (diff) {
      lines.push(
        diff.lines === 0
          ? 'No lines to show.'
          : `Diff, both ends compared, ${diff.shown} of ${diff.lines}${diff.cut ? ' or more' : ''} lines:`,
      );
      if (diff.shown > 0) lines.push(diff.text);
      if (diff.shown < diff.lines || diff.cut) lines.push('The rest: give `path` or a shorter `since`.');
    }
    if (proposalCount > 0) {
      const some = proposalCount > proposals.length ? `, the newest ${proposals.length} of ${proposalCount}` : '';
      lines.push(`Open proposals${some} (docs_proposal_merge):`, ...proposals.map((line) => `  ${line}`));
    }
    if (note) lines.push(`Note: ${note}.`);
    lines.push(sourceLine(source));
    return lines.join('\n');
  },
});

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function plainFile({ path, from, added, removed, sections }: ChangedFile) {
  return { path: plain(path), ...(from && { from: plain(from) }), added, removed, sections: sections.map((section) => plain(section, 60)) };
}
