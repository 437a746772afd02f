import { plainLines } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';

/** A difference as far as it is shown; `cut` when git gave up before its end. */
export const BoundedDiff = z.object({ text: z.string(), shown: z.int(), lines: z.int(), cut: z.boolean() });
export type BoundedDiff = z.infer<typeof BoundedDiff>;

/** Whole lines from the start of a difference, at most `most` characters. */
export function boundedDiff({ text, cut }: { text: string; cut: boolean }, most: number): BoundedDiff {
  const lines = text.split('\n').filter((line, index, all) => line !== '' || index < all.length - 1);
  let size = 0;
  const shown = lines.filter((line) => {
    size += line.length + 1;
    return size <= most;
  });
  return { text: plainLines(shown.join('\n'), most), shown: shown.length, lines: lines.length, cut };
}

/** What is missing of a difference and the command that shows all of it, as a list of at most one line. */
export function cutLines({ shown, lines, cut }: BoundedDiff, command: string): string[] {
  return shown < lines || cut ? [`${shown} of ${lines}${cut ? ' or more' : ''} lines of the difference; all of it: ${command}`] : [];
}
