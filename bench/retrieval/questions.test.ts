import { describe, expect, test } from 'vitest';
import { corpusHash, corpusOf, MADE, opened } from './corpora.ts';
import { CLASSES, isApart, type Question, questions } from './questions.ts';
import { shared, stem } from './words.ts';

const FROZEN = {
  generated: { hash: 'ef844d5d410666baffb9c707e5670088b359bc845d57b85918f79db5ed57daba', files: 1500, questions: 150 },
  flat: { hash: '17c2e2f927a0e88651f515eb91a7356c18d5d5523abf2ea08c9c84cc3a92e720', files: 200, questions: 60 },
};

/** What every set has to hold, whatever its corpus. */
function wellFormed(list: readonly Question[], textOf: (path: string) => string | undefined): void {
  expect(new Set(list.map(({ q }) => q.toLowerCase())).size, 'no question twice').toBe(list.length);
  for (const it of list) {
    expect(CLASSES, it.q).toContain(it.class);
    expect(it.targets.length > 0, `${it.q}: only the class "none" has no target`).toBe(it.class !== 'none');
    for (const path of it.targets) expect(textOf(path), `${it.q}: the target ${path} is gone`).toBeDefined();
  }
  const answered = list.filter(({ targets }) => targets.length > 0);
  const apart = answered.filter((it) => isApart(it, textOf));
  expect(apart.length / answered.length, 'half share no content word with the name of any target').toBeGreaterThanOrEqual(0.5);
  expect((list.length - answered.length) / list.length, 'a tenth has no answer').toBeGreaterThanOrEqual(0.1);
  for (const name of new Set(list.map((it) => it.class))) {
    const half = (side: string) => list.filter((it) => it.class === name && it.half === side).length;
    expect(half('report') - half('tune'), `halves of ${name}`).toBeOneOf([0, 1]);
  }
}

describe.each(MADE)('%s', (set) => {
  const corpus = corpusOf(set);
  const frozen = FROZEN[set];

  test('the corpus is byte for byte the frozen one', () => {
    expect(corpus.size).toBeGreaterThanOrEqual(frozen.files);
    expect(corpusHash(corpus)).toBe(frozen.hash);
  });

  test('the questions are well formed', () => {
    expect(questions(set).length).toBeGreaterThanOrEqual(frozen.questions);
    wellFormed(questions(set), (path) => corpus.get(path));
  });
});

test('project: every target is still there and the questions are well formed', async () => {
  const { files } = await opened('project');
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  expect(questions('project').length).toBeGreaterThanOrEqual(80);
  wellFormed(questions('project'), (path) => texts.get(path));
});

test('the bench’s own questions and pages are not among the pages of this repository', async () => {
  const { files } = await opened('project');
  const own = files.filter(({ path }) => path.startsWith('bench/retrieval/')).map(({ path }) => path);
  expect(own).toEqual(['bench/retrieval/README.md']);
});

test('shared words are found through endings, camel case, paths and front matter, not through stop words or code', () => {
  expect([stem('restoring'), stem('restored'), stem('restores')]).toEqual([stem('restore'), stem('restore'), stem('restore')]);
  const page = '---\ntitle: Camera recording\n---\n# Films\n\n```\n# not a heading\n```\n\nbody only\n';
  expect(shared('how are cameras recorded', 'docs/x.md', page)).toHaveLength(2);
  expect(shared('which film', 'docs/x.md', page)).toHaveLength(1);
  expect(shared('what is a heading and the body', 'docs/x.md', page)).toEqual([]);
  expect(shared('open the proxy', 'stacks/reverseProxy/compose.yaml', 'services:\n  caddy:\n    image: x\n')).toHaveLength(1);
  expect(shared('is caddy up', 'stacks/a/compose.yaml', 'services:\n  caddy:\n    image: x\n')).toHaveLength(1);
});
