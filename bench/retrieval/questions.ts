import { readFileSync } from 'node:fs';
import { shared } from './words.ts';

export const CLASSES = ['exact', 'natural', 'typo', 'identifier', 'yaml', 'synonym', 'stale', 'none'] as const;
export const SETS = ['generated', 'flat', 'project'] as const;
export type SetName = (typeof SETS)[number];

/** A question as a person would ask it, with every file that answers it; no targets means that the repository holds no answer. */
export interface Question {
  readonly q: string;
  readonly class: (typeof CLASSES)[number];
  /** Tuning may look at the one half; only the other is reported. */
  readonly half: 'tune' | 'report';
  readonly targets: readonly string[];
}

/** The frozen questions of a set. */
export function questions(set: SetName): Question[] {
  const lines = readFileSync(new URL(`questions/${set}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as Question);
}

/** True when the question has an answer and shares no content word with the name of any file that answers it. */
export function isApart({ q, targets }: Question, textOf: (path: string) => string | undefined): boolean {
  return targets.length > 0 && targets.every((path) => shared(q, path, textOf(path) ?? '').length === 0);
}
