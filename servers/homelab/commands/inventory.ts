import { parseArgs } from 'node:util';
import { textTable } from '@homelab/shared/commands/text-table.ts';
import { type Env, readEnv } from '@homelab/shared/config/read-env.ts';
import { Fault } from '@homelab/shared/faults.ts';
import { inventorySchemas } from '@homelab/shared/inventory/json-schema.ts';
import { loadInventory } from '@homelab/shared/inventory/load.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import { openRepository } from '../client/repository.ts';
import { homelabEnv } from '../config.ts';
import { checkInventory } from '../inventory-check/check-inventory.ts';
import { placeText, SEVERITIES, type Severity } from '../inventory-check/finding.ts';
import { countsOf, countsText, selected } from '../inventory-check/report.ts';
import { historyOf } from '../inventory-check/subject.ts';
import { guessInventory } from '../inventory-guess/guess-inventory.ts';
import { inventoryTexts } from '../inventory-guess/write-inventory.ts';
import { chunksOf } from '../search/chunks.ts';
import { describeProduct } from '../search/describe-product.ts';
import { writeNew } from './write-new.ts';

const USAGE = `Usage:
  npm run inventory -- check [--repo PATH] [--severity ${SEVERITIES.join('|')}]
  npm run inventory -- init [--repo PATH] [--write]

check looks at the inventory and the repository around it, and ends with 1 where there are errors or no inventory.
init makes a first inventory from compose files, Ansible inventories and tables in markdown; without --write it only shows it.
PATH is HOMELAB_REPO unless told.`;

const RepoEnv = z.object({ HOMELAB_REPO: homelabEnv.HOMELAB_REPO, HOMELAB_CONTRACTS: homelabEnv.HOMELAB_CONTRACTS, PATH: homelabEnv.PATH });

type Config = z.output<typeof RepoEnv>;

interface Context {
  out: (text: string) => void;
  error: (text: string) => void;
  /** The process's own when absent. */
  env?: Env;
}

/** What `npm run inventory` does; resolves to the exit code: 0 done, 1 errors were found or it could not be done, 2 wrong arguments. */
export async function inventoryCommand(argv: readonly string[], { out, error, env }: Context): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        repo: { type: 'string' },
        severity: { type: 'string' },
        write: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return say(out, USAGE, 0);
    const [what, ...more] = positionals;
    const severity = SEVERITIES.find((one) => one === (values.severity ?? 'warn'));
    if (more.length > 0 || !severity || (what !== 'check' && what !== 'init')) return say(error, USAGE, 2);
    const known = readEnv(RepoEnv, env).config;
    const config = { ...known, HOMELAB_REPO: values.repo ?? known.HOMELAB_REPO };
    return what === 'check' ? await check(config, severity, out) : await init(config, values.write === true, out);
  } catch (failure) {
    if (failure instanceof Fault)
      return say(error, [failure.message, failure.hint].filter(Boolean).join('\n'), failure.code === 'invalid_input' ? 2 : 1);
    // parseArgs tells a wrong option by a TypeError with a code of its own.
    if (failure instanceof TypeError && String((failure as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS'))
      return say(error, USAGE, 2);
    throw failure;
  }
}

function say(to: (text: string) => void, text: string, exit: number): number {
  to(text);
  return exit;
}

async function check(
  { HOMELAB_REPO: root, HOMELAB_CONTRACTS, PATH: searchPath }: Config,
  severity: Severity,
  out: Context['out'],
): Promise<number> {
  const repository = await openRepository(root, { watch: false, searchPath });
  try {
    const inventory = loadInventory(root, HOMELAB_CONTRACTS);
    const { skipped, ...provenance } = repository.provenance();
    const findings = checkInventory({
      inventory,
      files: repository.files(),
      exists: repository.exists,
      anchors: (file) => chunksOf(file).chunks.map(({ anchor }) => anchor),
      history: historyOf(provenance),
    });
    const shown = selected(findings, severity);
    const rows = shown.map((one) => [one.severity, one.code, placeText(one.place, one.code === 'schema'), `${one.sentence}. ${one.fix}`]);
    if (rows.length > 0) out(textTable(['severity', 'kind', 'where', 'what'], rows));
    const counts = countsOf(findings);
    const hidden = findings.length - shown.length;
    out(
      `${countsText(counts)} in ${inventory.hosts.length} hosts, ${inventory.services.length} services and ${repository.files().length} files.`,
    );
    if (hidden > 0) out(`Not shown: ${hidden}; --severity undetermined shows all.`);
    if (skipped) out(`Not read and so not checked: ${skipped}.`);
    if (inventory.files.length > 0) return counts.error > 0 ? 1 : 0;
    return say(out, 'There is no inventory to check: npm run inventory -- init writes a first one.', 1);
  } finally {
    await repository.close();
  }
}

async function init({ HOMELAB_REPO: root, PATH: searchPath }: Config, write: boolean, out: Context['out']): Promise<number> {
  const repository = await openRepository(root, { watch: false, searchPath });
  await repository.close();
  const guess = guessInventory(repository.files(), { describe: describeProduct });
  const files = inventoryTexts(guess);
  if (files.length === 0) return say(out, 'No compose file, Ansible inventory or table of hosts was found; nothing to begin with.', 1);
  const { hosts, services } = guess.inventory;
  const guessed = [...hosts, ...services].reduce((sum, { value }) => sum + value.guessed.length, 0);
  const whole = [...files, ...inventorySchemas()];
  const { written, kept } = write ? writeNew(root, whole) : { written: whole.map(({ path }) => path), kept: [] };
  out(treeText(written));
  if (kept.length > 0) out(`Left as they are, because they exist:\n${treeText(kept)}`);
  out(
    `${hosts.length} hosts and ${services.length} services; ${guessed} fields are guessed, listed in \`guessed\` and marked with a comment.`,
  );
  if (guess.notes.length > 0) out(`Not written down:\n${guess.notes.map((note) => `  ${plain(note, 300)}`).join('\n')}`);
  out(write ? 'Written. Correct it, then: npm run inventory -- check' : 'Nothing was written; --write writes it.');
  return 0;
}

function treeText(paths: readonly string[]): string {
  const folders = Map.groupBy(paths, (path) => path.slice(0, path.lastIndexOf('/') + 1));
  return [...folders].map(([folder, own]) => [folder, ...own.map((path) => `  ${path.slice(folder.length)}`)].join('\n')).join('\n');
}

if (import.meta.main) {
  process.exitCode = await inventoryCommand(process.argv.slice(2), {
    out: (text) => console.log(text),
    error: (text) => console.error(text),
  });
}
