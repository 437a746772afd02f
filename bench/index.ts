import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Bench } from './harness.ts';
import { met } from './harness.ts';
import { machine, table, verdict } from './report.ts';

const USAGE = `npm run bench -- NAME [--strict] [--json FILE] [--half tune|report]
  --strict     ends with 1 where a goal is missed
  --json FILE  also writes the figures to FILE`;

/** The names of the benches: every folder here that holds a bench.ts. */
function names(): string[] {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .filter((name) => existsSync(`${import.meta.dirname}/${name}/bench.ts`))
    .sort();
}

async function load(name: string): Promise<Bench> {
  return ((await import(`./${name}/bench.ts`)) as { bench: Bench }).bench;
}

async function list(): Promise<void> {
  console.log(`${USAGE}\n`);
  for (const name of names()) console.log(`  ${name.padEnd(12)} ${(await load(name)).about}`);
}

async function main(): Promise<number> {
  const { values, positionals, tokens } = parseArgs({ allowPositionals: true, strict: false, tokens: true, options: OPTIONS });
  const name = positionals[0];
  if (!name) return list().then(() => 0);
  const unknown = tokens.find((token) => token.kind === 'option' && !(token.name in OPTIONS));
  if (unknown || !names().includes(name)) {
    console.error(`${unknown ? 'This option' : `The bench "${name}"`} does not exist.\n${USAGE}\nBenches: ${names().join(', ')}`);
    return 2;
  }
  const bench = await load(name);
  console.log(`# ${bench.name}: ${bench.about}\nmachine: ${machine()}`);
  const flags = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<string, string | true>;
  const figures = await bench.run({ flags, print: (line) => console.log(line) });
  console.log(table(figures));
  const goals = figures.filter((it) => it.goal);
  const missed = goals.filter((it) => !met(it));
  console.log(`\n${figures.length} figures, ${goals.length} goals, ${missed.length} missed${missed.length > 0 ? ':' : '.'}`);
  for (const it of missed) console.log(`  MISSED ${[it.group, it.name].filter(Boolean).join(' / ')}`);
  console.log(`machine at the end: ${machine()}`);
  if (typeof values.json === 'string') {
    const judged = figures.map((it) => ({ ...it, verdict: verdict(it) }));
    writeFileSync(values.json, `${JSON.stringify({ bench: bench.name, machine: machine(), figures: judged }, null, 2)}\n`);
  }
  return values.strict && missed.length > 0 ? 1 : 0;
}

const OPTIONS = {
  strict: { type: 'boolean' },
  json: { type: 'string' },
  half: { type: 'string' },
  corpus: { type: 'string' },
} as const;

process.exitCode = await main();
