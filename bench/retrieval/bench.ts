import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { SourceFile } from '@homelab/mcp-homelab/client/document.ts';
import { type Bench, type Figure, figure, interleave, median } from '../harness.ts';
import { opened } from './corpora.ts';
import { CHUNKS, ENGINES, type Engine, OURS, WHOLE } from './engines.ts';
import { CLASSES, isApart, type Question, questions, SETS, type SetName } from './questions.ts';
import { type Asked, misses, score } from './score.ts';

const ROUNDS = 3;
const CHANGED = 40;
type Results = Record<string, Asked[]>;

/** Asks every engine every question in turn, several rounds, and keeps the median time. */
async function askAll(engines: Record<string, Engine>, list: readonly Question[]): Promise<Results> {
  const out: Results = Object.fromEntries(Object.keys(engines).map((name) => [name, []]));
  for (const question of list) {
    const cases = Object.entries(engines).map(([name, engine]) => ({
      name,
      run() {
        const begun = performance.now();
        engine.ask(question.q);
        return performance.now() - begun;
      },
    }));
    const times = await interleave(cases, ROUNDS);
    for (const [name, engine] of Object.entries(engines))
      out[name]?.push({ question, answer: engine.ask(question.q), ms: times.get(name)?.median ?? Number.NaN });
  }
  return out;
}

function quality(set: SetName, results: Results, half: string, apart: (question: Question) => boolean): Figure[] {
  const group = `${set}, ${half} half`;
  const [ours, chunks, whole] = [OURS, CHUNKS, WHOLE].map((name) => score(results[name] ?? []));
  if (!ours || !chunks || !whole) return [];
  const one = (name: string, key: 'hit1' | 'hit5' | 'mrr' | 'toldRecall' | 'toldPrecision' | 'p50' | 'p95', more: Partial<Figure> = {}) =>
    figure({
      group,
      name,
      value: ours[key],
      unit: '',
      reference: { name: 'chunks', value: chunks[key] },
      note: `whole files ${whole[key].toFixed(3)}`,
      ...more,
    });
  const figures = [
    one('hit@5', 'hit5', { goal: { at: 'least', value: 0.9 }, note: `${Math.round(ours.hit5 * ours.answered)} of ${ours.answered}` }),
    one('hit@1', 'hit1'),
    one('MRR@10', 'mrr'),
    one('no answer, told so (recall)', 'toldRecall'),
    one('no answer, told rightly (precision)', 'toldPrecision'),
    one('p50 per question', 'p50', { unit: 'ms', goal: { at: 'most', value: 3 } }),
    one('p95 per question', 'p95', { unit: 'ms' }),
  ];
  const parts: [string, (question: Question) => boolean][] = CLASSES.filter((it) => it !== 'none').map((name) => [
    name,
    (it) => it.class === name,
  ]);
  for (const [name, wanted] of [['no shared word', apart] as const, ...parts]) {
    const of = (engine: string) => score((results[engine] ?? []).filter(({ question }) => wanted(question)));
    const [mine, plain] = [of(OURS), of(CHUNKS)];
    const note = `n ${mine.answered}, hit@1 ${mine.hit1.toFixed(2)}, MRR ${mine.mrr.toFixed(2)}`;
    if (mine.answered > 0)
      figures.push(
        figure({ group, name: `hit@5 ${name}`, value: mine.hit5, unit: '', reference: { name: 'chunks', value: plain.hit5 }, note }),
      );
  }
  return figures;
}

interface First {
  files: number;
  readMs: number;
  indexMs: number;
}

async function first(folder: string, engine: string): Promise<First> {
  const child = fork(new URL('first-index.ts', import.meta.url), [folder, engine]);
  const ended = once(child, 'exit');
  const message = new Promise<First>((resolve, reject) => {
    child.once('message', (it) => resolve(it as First));
    child.once('exit', () => reject(new Error('the indexing process ended without a figure')));
  });
  const result = await message;
  await ended;
  return result;
}

async function speed(set: SetName, folder: string, files: readonly SourceFile[], engines: Record<string, Engine>): Promise<Figure[]> {
  const group = `${set}, building`;
  const cold: Record<string, First[]> = {};
  for (let round = 0; round < ROUNDS; round++)
    for (const name of Object.keys(ENGINES)) cold[name] = [...(cold[name] ?? []), await first(folder, name)];
  const ms = (name: string, of: (it: First) => number) => median((cold[name] ?? []).map(of));
  const step = Math.max(1, Math.floor(files.length / CHANGED));
  const some = files.filter((_, at) => at % step === 0).slice(0, CHANGED);
  const change = await Promise.all(
    Object.entries(engines).map(async ([name, engine]) => {
      const cases = some.map((file) => ({
        name: file.path,
        run() {
          const begun = performance.now();
          engine.update([{ ...file, text: `${file.text}\nOne more line.\n`, mtimeMs: file.mtimeMs + 1 }]);
          return performance.now() - begun;
        },
      }));
      return [name, [...(await interleave(cases, ROUNDS)).values()].map((it) => it.median)] as const;
    }),
  );
  const changed = (name: string) => change.find(([it]) => it === name)?.[1] ?? [];
  const note = `${files.length} files, cold process`;
  const reference = (value: number) => ({ name: 'chunks', value });
  const goal = { at: 'most', value: 1000 } as const;
  const [index, total] = [(it: First) => it.indexMs, (it: First) => it.readMs + it.indexMs];
  return [
    figure({
      group,
      name: 'first index, files in memory',
      value: ms(OURS, index),
      unit: 'ms',
      goal,
      reference: reference(ms(CHUNKS, index)),
      note,
    }),
    figure({
      group,
      name: 'first index, read from disk',
      value: ms(OURS, total),
      unit: 'ms',
      goal,
      reference: reference(ms(CHUNKS, total)),
      note,
    }),
    figure({ group, name: 'reading alone', value: ms(OURS, (it) => it.readMs), unit: 'ms', note: 'through the client' }),
    figure({
      ...{ group, name: 'one changed file', value: median(changed(OURS)), unit: 'ms', goal: { at: 'most', value: 10 } },
      ...{ reference: reference(median(changed(CHUNKS))), note: `slowest of ${some.length}: ${Math.max(...changed(OURS)).toFixed(1)} ms` },
    }),
  ];
}

/** Questions against repositories: how often the right file is found, how fast, and what building the index costs. */
export const bench: Bench = {
  name: 'retrieval',
  about: 'finds the right page from a person’s words; --half tune lists misses, --corpus takes one set',
  async run({ flags, print }) {
    const half = flags.half ?? 'report';
    if (half !== 'tune' && half !== 'report') throw new Error('--half is tune or report');
    const sets = SETS.filter((set) => flags.corpus === undefined || flags.corpus === set);
    if (sets.length === 0) throw new Error(`--corpus is one of ${SETS.join(', ')}`);
    const figures: Figure[] = [];
    for (const set of sets) {
      const { folder, files, done } = await opened(set);
      try {
        const engines = Object.fromEntries(Object.entries(ENGINES).map(([name, make]) => [name, make()]));
        for (const engine of Object.values(engines)) engine.update(files);
        const list = questions(set).filter((it) => it.half === half);
        const results = await askAll(engines, list);
        print(`${set}: ${files.length} files, ${list.length} questions of ${questions(set).length}`);
        if (half === 'tune') for (const line of misses(results[OURS] ?? [])) print(`  ${line}`);
        const texts = new Map(files.map(({ path, text }) => [path, text]));
        const apart = (it: Question) => isApart(it, (path) => texts.get(path));
        figures.push(...quality(set, results, half, apart));
        if (set === 'generated') figures.push(...(await speed(set, folder, files, engines)));
      } finally {
        done();
      }
    }
    return figures;
  },
};
