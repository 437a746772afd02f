import type { Corpus } from './data.ts';
import { pasted, upgrades } from './filler.ts';
import { HOSTS, type Placed, sentences } from './lab.ts';
import { type Random, random } from './random.ts';

const two = (value: number): string => String(value).padStart(2, '0');
const HEADINGS = {
  why: ['Why', 'Background', 'Purpose', 'What for'],
  setup: ['Set-up', 'Installation', 'Where', 'Configuration', 'Details'],
  care: ['Care', 'Upkeep', 'Operation', 'Day to day'],
  know: ['Good to know', 'Pitfalls', 'Notes', 'Known trouble', 'Gotchas'],
};

const section = (heading: string, list: readonly string[], bullets: boolean): string =>
  `## ${heading}\n\n${bullets ? list.map((line) => `- ${line}`).join('\n') : list.join(' ')}\n`;

/** The page of a program under docs/services: what it is, where, care and pitfalls, in varying order and depth. */
export function servicePage(it: Placed, all: readonly Placed[]): string {
  const chance = random(`page ${it.key}`);
  const say = (bank: string, count: number) => sentences(bank, count, chance, all, it);
  const does = `${it.name} ${it.does}.`;
  const care = [...say('care', chance.int(2, 4)), ...say(`care-${it.category}`, 1)];
  const parts = [
    section(chance.pick(HEADINGS.why), [does, ...say('why', 1)], false),
    section(
      chance.pick(HEADINGS.setup),
      [`Runs on ${it.host}, image \`${it.image}\`.`, ...say('setup', chance.int(2, 4))],
      chance.chance(0.5),
    ),
    section(chance.pick(HEADINGS.care), care, chance.chance(0.6)),
    section(chance.pick(HEADINGS.know), [it.gotcha], false),
  ];
  const front = chance.chance(0.3)
    ? `---\ntitle: ${it.name}\nupdated: 2025-${two(chance.int(1, 10))}-${two(chance.int(1, 28))}\n---\n`
    : '';
  const tail = chance.chance(0.6) ? upgrades(chance, it) : '';
  return `${front}# ${it.name}\n\n${(chance.chance(0.7) ? parts : chance.some(parts, 3)).join('\n')}${tail}`;
}

/** The README beside a compose file: often terse, sometimes only a heading and a line. */
export function readme(it: Placed, all: readonly Placed[]): string {
  const chance = random(`readme ${it.key} ${it.host}`);
  const kind = chance.int(1, 4);
  if (kind === 1) return `# ${it.key}\n\n${it.gotcha}\n`;
  if (kind === 2) return `# ${it.name}\n\n\`\`\`\ndocker compose pull && docker compose up -d\n\`\`\`\n\nData: \`${it.dir}\`\n`;
  if (kind === 3) return `# ${it.name} on ${it.host}\n\n${it.name} ${it.does}.\n\n${sentences('setup', 2, chance, all, it).join('\n')}\n`;
  return `# ${it.name}\n\n${[...sentences('why', 1, chance, all, it), ...sentences('care', 2, chance, all, it)].join(' ')}\n\n## TODO\n\n- [ ] ${sentences('comment', 1, chance, all, it)[0]?.slice(2)}\n`;
}

/** A week's entry of the journal. */
function entry(date: string, chance: Random, all: readonly Placed[]): string {
  const first = chance.pick(all);
  const list = sentences('journal', chance.int(5, 16), chance, all);
  const blocks = Array.from({ length: chance.int(0, 4) }, () => pasted(chance, all)).join('\n');
  const own = sentences('journal', chance.int(1, 2), chance, all, first);
  return chance.chance(0.5)
    ? `# ${date}\n\n## ${first.name}\n\n${own.join(' ')}\n\n## Rest\n\n${list.map((line) => `- ${line}`).join('\n')}\n\n${blocks}`
    : `# Week of ${date}\n\n${[...own, ...list].join('\n\n')}\n\n${blocks}`;
}

/** Journals by week and minutes of the quarterly family meeting. */
export function journals(all: readonly Placed[]): Corpus {
  const corpus: Corpus = new Map();
  for (let week = 0; week < 190; week++) {
    const date = new Date(Date.UTC(2022, 1, 7 + week * 7)).toISOString().slice(0, 10);
    corpus.set(`docs/journal/${date.slice(0, 4)}/${date}.md`, entry(date, random(`journal ${date}`), all));
  }
  for (let month = 0; month < 36; month++) {
    const date = new Date(Date.UTC(2022, 9 + month, 15)).toISOString().slice(0, 7);
    const chance = random(`meeting ${date}`);
    const minutes = sentences('meeting', chance.int(3, 7), chance, all).map((line) => `- ${line}`);
    corpus.set(
      `docs/meetings/${date}.md`,
      `# Round table ${date}\n\nPresent: ${chance.some(['Jo', 'Mara', 'Till', 'Ida'], chance.int(2, 4)).join(', ')}\n\n${minutes.join('\n')}\n`,
    );
  }
  return corpus;
}

/** The former state: older compose habits, older pages, marked as superseded or merely lying in archive/. */
export function oldPage(it: Placed, all: readonly Placed[]): string {
  const chance = random(`old ${it.key}`);
  const host = chance.pick(HOSTS.filter((name) => name !== it.host));
  const old = { ...it, host, dir: `/srv/old/${it.key}`, hostPort: chance.int(30_000, 39_999) };
  const front = `---\ntitle: ${it.name}\nstatus: superseded\nsuperseded_by: docs/services/${it.key}.md\nupdated: 2022-${two(chance.int(1, 12))}-11\n---\n`;
  return `${front}# ${it.name}\n\n${it.name} ran on ${host} then. ${sentences('setup', 3, chance, all, old).join(' ')}\n\n${sentences('care', 2, chance, all, old).join(' ')}\n`;
}
