import { createHash } from 'node:crypto';
import type { Stack } from '@homelab/shared/inventory/stack/stacks.ts';
import { redact } from '@homelab/shared/redact/redact.ts';
import type { OnHostFile } from './actual.ts';
import type { DriftFinding } from './finding.ts';

/** What tells one text of a compose file from another: SHA-256 of it without secrets, however its lines end. */
export function composeDigest(text: string): string {
  const tidy = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n*$/, '\n');
  return `sha256:${createHash('sha256').update(redact(tidy)).digest('hex')}`;
}

/** D13: compose files on the machine that are not what the repository holds. Files that were not looked at are not told. */
export function compareFiles(stack: Stack, files: ReadonlyMap<string, string>, onHost: readonly OnHostFile[]): DriftFinding[] {
  return stack.paths.flatMap((path) => {
    const there = onHost.find(({ file }) => file === path);
    const text = files.get(path);
    if (!there || text === undefined || there.digest === composeDigest(text)) return [];
    const { host, project } = stack;
    const actual = there.digest === undefined ? 'not there' : 'differs';
    const place = { file: path, line: 1, column: 1 };
    return [
      { code: 'D13' as const, severity: 'warn' as const, host, project, subject: path, desired: 'as in the repository', actual, place },
    ];
  });
}
