import { fence } from './fence.ts';

/** A titled part of a prompt with somebody's text in it, fenced; '' without lines. */
export function dataBlock(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `## ${title}\n${fence(lines.join('\n'))}`;
}
