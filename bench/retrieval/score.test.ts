import { expect, test } from 'vitest';
import { opened } from './corpora.ts';
import { CHUNKS, ENGINES, OURS, WHOLE } from './engines.ts';
import type { Question } from './questions.ts';
import { type Asked, misses, rank, score } from './score.ts';

const asked = (targets: string[], paths: string[], none = false, ms = 1): Asked => ({
  question: { q: `q ${targets}`, class: targets.length > 0 ? 'natural' : 'none', half: 'tune', targets } satisfies Question,
  answer: { paths, none },
  ms,
});

test('ranks count rows as shown, and what is not among them is infinitely far', () => {
  expect(rank(asked(['b'], ['a', 'a', 'b']))).toBe(3);
  expect(rank(asked(['x'], ['a']))).toBe(Number.POSITIVE_INFINITY);
});

test('hits, reciprocal ranks and being told are counted apart', () => {
  const list = [
    asked(['a'], ['a'], false, 2),
    asked(['b'], ['a', 'b'], true, 4),
    asked(['c'], ['a'], false, 6),
    asked([], ['a']),
    asked([], [], true),
  ];
  const it = score(list);
  expect([it.answered, it.without]).toEqual([3, 2]);
  expect([it.hit1, it.hit5]).toEqual([1 / 3, 2 / 3]);
  expect(it.mrr).toBeCloseTo((1 + 1 / 2) / 3);
  expect([it.toldRecall, it.toldPrecision]).toEqual([0.5, 0.5]);
  expect([it.p50, it.p95]).toEqual([2, 6]);
  expect(misses(list)).toHaveLength(3);
});

test('nothing to count is NaN, which no goal accepts', () => {
  expect(score([]).hit5).toBeNaN();
});

test('every engine finds a file by its own words, and its new text after a change', async () => {
  const { files, done } = await opened('flat');
  done();
  const some = files.slice(0, 30);
  const file = some.find(({ path }) => path.startsWith('adguard/docker-compose.yml'));
  if (!file) throw new Error('the flat corpus has no adguard');
  for (const name of [OURS, CHUNKS, WHOLE]) {
    const engine = ENGINES[name]?.();
    engine?.update(some);
    expect(engine?.ask('adguardhome').paths, name).toContain(file.path);
    engine?.update([{ ...file, text: `${file.text}\n# zanzibar\n` }]);
    expect(engine?.ask('zanzibar').paths[0], name).toBe(file.path);
    expect(engine?.ask('qqqqqqqqq').none, name).toBe(true);
  }
});
