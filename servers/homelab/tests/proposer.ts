import { openRepository } from '../client/repository.ts';

// A process of its own over one repository, for tests that kill it or run two at once. It says a line when it is ready and one for each thing done.
const [root = '', mode = '', seed = ''] = process.argv.slice(2);
const repository = await openRepository(root, { watch: false });
const { proposals } = repository;
const author = { caller: seed, reason: 'because the test says so' };
const say = (line: string) => process.stdout.write(`${line}\n`);

async function propose(path: string, text: string): Promise<string> {
  const base = await proposals.base(path);
  const { id } = await proposals.create({ base, text }, author);
  return id;
}

say('up');
if (mode === 'propose') {
  for (let n = 0; ; n++) say(await propose(`docs/${seed}-${n}.md`, `# ${seed} ${n}\n${'line\n'.repeat(2000)}end\n`));
} else if (mode === 'same') {
  for (let n = 0; n < 15; n++) say(await propose(`docs/same-${n}.md`, `# ${n}\n`));
} else if (mode === 'merge') {
  // Whatever stands in the way is told by another process or an earlier death, and is looked at by the test.
  for (const { id } of await proposals.open()) {
    const told = await proposals
      .plan(id)
      .then((plan) => proposals.merge(plan, author))
      .then(
        ({ commit }) => `merged ${commit}`,
        async (error: Error) => {
          // One that died after the branch moved and before the proposal went: the hint says what to do.
          // Another process may do so at the same moment, and then it is done.
          const discard = async (): Promise<unknown> => proposals.discard(await proposals.find(id), author);
          if (/already holds/.test(error.message)) await discard().catch(() => {});
          return `${error.name} ${error.message}`;
        },
      );
    say(told);
  }
}
await repository.close();
