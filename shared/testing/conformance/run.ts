import { TOKENS } from '../start.ts';
import { proxyWithToken } from './proxy.ts';
import { type Subject, subjects } from './subjects.ts';
import { REVISIONS, runSuite } from './suite.ts';
import { judge, report, type Verdict } from './verdict.ts';

/** The official suite against one server, both revisions; the server keeps its real authentication, the door before it holds the token. */
async function examine(subject: Subject): Promise<Verdict[]> {
  const server = await subject.start();
  const door = await proxyWithToken(server.url, TOKENS.read);
  const verdicts: Verdict[] = [];
  for (const revision of REVISIONS) {
    const results = await runSuite(door.url, revision);
    verdicts.push(judge(subject.name, revision, subject.scenarios(revision), results, subject.fixture));
  }
  await door.close();
  await server.close();
  return verdicts;
}

const started = performance.now();
const verdicts: Verdict[] = [];
for (const subject of subjects) verdicts.push(...(await examine(subject)));
console.log(`${report(verdicts)}\n${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = verdicts.every(({ failed }) => failed.length === 0) ? 0 : 1;
