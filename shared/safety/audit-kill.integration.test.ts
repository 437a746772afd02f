import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { child } from '../testing/safety/children.ts';
import { auditFolder, chainFiles, MANIFEST } from './audit-folder.ts';
import { verifyAudit } from './audit-verify.ts';

const KILLS = 120;
const AT_ONCE = 3;
/** So long after its first acknowledged entry a process lives at most. */
const LIFE_MS = 80;

/** Ids of the entries that stand in the folder, as often as they stand there. */
function recorded(state: string): Map<string, number> {
  const folder = auditFolder(state);
  const ids = chainFiles(folder).flatMap(({ file }) => [...readFileSync(join(folder, file), 'utf8').matchAll(/"call":"([^"]+)"/g)]);
  const counts = new Map<string, number>();
  for (const [, id = ''] of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

test(`${KILLS} processes on one folder are killed while they record: no acknowledged line is lost or torn`, {
  timeout: 180_000,
}, async () => {
  const state = mkdtempSync(join(tmpdir(), 'audit-kill-'));
  const acknowledged: string[] = [];
  let next = 0;
  const lives = async (): Promise<void> => {
    while (next < KILLS) {
      const instance = `k${next++}`;
      // Long entries make long writes, which a kill can cut in two; some are killed before they began.
      const one = child('audit-appender', state, `server${next % 2}`, instance, 'Infinity', next % 3 === 0 ? '1000' : '100');
      if (next % 10 === 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
      else await one.speaks;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LIFE_MS));
      one.process.kill('SIGKILL');
      // The others are at work: a look at living chains finds no fault with them either.
      if (next % 20 === 0) expect(verifyAudit(state).findings.filter(({ severity }) => severity === 'broken')).toEqual([]);
      expect((await one.ended).errors).toBe('');
      acknowledged.push(...one.lines());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lives));
  expect(acknowledged.length).toBeGreaterThan(KILLS * 10);
  const stands = recorded(state);
  expect(acknowledged.filter((id) => stands.get(id) !== 1)).toEqual([]);
  const found = verifyAudit(state);
  console.log(
    `${KILLS} kills: ${acknowledged.length} acknowledged, ${found.lines} lines in ${found.files} files, ${found.findings.length} notices`,
  );
  expect(found.findings.filter(({ severity }) => severity === 'broken')).toEqual([]);

  // The life after all the crashes goes on in order, and the ends of the chains that were cut off are on record.
  const last = child('audit-appender', state, 'server0', 'last', '10');
  expect(await last.ended).toEqual({ code: 0, errors: '' });
  expect(verifyAudit(state)).toMatchObject({ ok: true });
  expect(readFileSync(join(auditFolder(state), MANIFEST), 'utf8')).toContain('"seen":[{');
});
