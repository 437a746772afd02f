import { composeFile, habit } from './compose.ts';
import { type Corpus, written } from './data.ts';
import { cluster, machinery, roles, sites } from './infrastructure.ts';
import { HOSTS, type Placed, place, placed, sentences } from './lab.ts';
import { journals, oldPage, readme, servicePage } from './prose.ts';
import { random } from './random.ts';
import { reports, settings } from './reports.ts';

function stacks(all: readonly Placed[]): Corpus {
  const corpus: Corpus = new Map();
  for (const it of all) {
    const chance = random(`stack ${it.key}`);
    const root = `stacks/${it.host}/${it.key}`;
    corpus.set(`${root}/${chance.chance(0.6) ? 'compose.yaml' : 'docker-compose.yml'}`, composeFile(it, habit(it)));
    if (chance.chance(0.65)) corpus.set(`${root}/README.md`, readme(it, all));
    if (chance.chance(0.4))
      corpus.set(
        `${root}/stack.conf`,
        `host=${it.host}\nport=${it.hostPort}\n${it.env.map((name) => `${name.toLowerCase()}=\n`).join('')}window=${chance.int(0, 23)}:30\n`,
      );
    if (it.folders.length > 0 && chance.chance(0.75)) corpus.set(`${root}/config/settings.yaml`, settings(it));
    if (chance.chance(0.62)) corpus.set(`docs/services/${it.key}.md`, servicePage(it, all));
    if (chance.chance(0.27)) {
      const again = place(it, chance.pick(HOSTS.filter((host) => host !== it.host)));
      corpus.set(`stacks/${again.host}/${it.key}/compose.yaml`, composeFile({ ...again, tag: 'latest' }, habit(again), 'again'));
    }
    if (chance.chance(0.32))
      corpus.set(
        `archive/stacks/${it.key}/docker-compose.yml`,
        `version: "3.7"\n${composeFile({ ...it, tag: 'latest', hostPort: chance.int(30_000, 39_999), dir: `/srv/old/${it.key}` }, habit(it, 'old'), 'old')}`,
      );
    if (chance.chance(0.3)) corpus.set(`archive/docs-2022/services/${it.key}.md`, oldPage(it, all));
  }
  return corpus;
}

/** What a person adds below a hand-written page over the years: bits of history that dilute it without changing what it says. */
function aged(corpus: Corpus, all: readonly Placed[]): Corpus {
  return new Map(
    [...corpus].map(([path, text]) => {
      const chance = random(`aged ${path}`);
      if (!/^docs\/(howto|guides|notes)\//.test(path) || chance.chance(0.4)) return [path, text];
      const lines = sentences('journal', chance.int(1, 4), chance, all).map((line) => `- ${line}`);
      return [path, `${text}\n## ${chance.pick(['Later', 'History', 'Loose ends', 'Since then'])}\n\n${lines.join('\n')}\n`];
    }),
  );
}

/** The generated repository "hearth": a family's lab of six machines, 1,500 and more files, the same on every run. */
export function homelab(): Corpus {
  const all = placed();
  return new Map([
    ...stacks(all),
    ...journals(all),
    ...reports(all),
    ...roles(all),
    ...cluster(all),
    ...sites(all),
    ...machinery(all),
    ...aged(written(), all),
  ]);
}
