import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logger } from '../log/logger.ts';
import { openAudit } from '../safety/audit.ts';
import { auditCommand } from './audit.ts';

const newState = (): string => mkdtempSync(join(tmpdir(), 'audit-command-'));

async function run(state: string, ...argv: string[]): Promise<{ exit: number; out: string; error: string }> {
  const out: string[] = [];
  const error: string[] = [];
  const context = { out: (text: string) => void out.push(text), error: (text: string) => void error.push(text) };
  const exit = await auditCommand(argv, { ...context, env: { STATE_DIR: state } });
  return { exit, out: out.join('\n'), error: error.join('\n') };
}

/** A state folder with some entries, and the log of the server that made them. */
async function withEntries(): Promise<{ state: string; log: string; file: string }> {
  const state = newState();
  const log = join(state, 'server.log');
  const destination = { write: (line: string) => writeFileSync(log, `dns-1 | ${line}`, { flag: 'a' }) };
  const audit = openAudit({ folder: state, server: 'mcp-dns', instance: 'a', log: logger({ name: 'mcp-dns', destination }) });
  const more = { caller: 'laptop', what: 'dns_set_blocking', level: 'write', targets: ['pihole:primary\u202e'] } as const;
  await audit.append({ kind: 'began', ...more, arguments: { blocking: false } });
  await audit.append({ kind: 'ended', ...more, outcome: 'ok' });
  await audit.append({ kind: 'refused', caller: 'phone', what: 'dns_flush', outcome: 'denied', reason: 'the policy says deny' });
  await audit.close();
  return { state, log, file: join(state, 'audit', 'mcp-dns-a.jsonl') };
}

test('verify says that all is in order, and what it could not see', async () => {
  const { state, log } = await withEntries();
  const plain = await run(state, 'verify');
  expect(plain).toMatchObject({ exit: 0, out: expect.stringMatching(/^In order: 4 lines in 1 files of 1 chains .* only with --heads\.$/) });
  const heads = await run(state, 'verify', '--heads', log);
  expect(heads).toMatchObject({ exit: 0, out: expect.stringMatching(/; 1 logged heads met\.$/) });
});

test('verify ends with 1 and names file and line', async () => {
  const { state, file } = await withEntries();
  writeFileSync(file, readFileSync(file, 'utf8').replace('"phone"', '"fhone"'));
  const { exit, out } = await run(state, 'verify');
  expect(exit).toBe(1);
  expect(out).toMatch(/^broken +mcp-dns-a\.jsonl:4 +entry 4 was changed after it was written$/m);
  expect(out).toContain('NOT in order');
});

test('show is a table, newest first, without what could trick a terminal', async () => {
  const { state } = await withEntries();
  const { exit, out } = await run(state, 'show', '--since', '1h', '--limit', '3');
  expect(exit).toBe(0);
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^TIME +KIND +CALLER +WHAT +LEVEL +OUTCOME +TARGETS +DETAIL$/);
  expect(lines[1]).toMatch(/refused +phone +dns_flush +denied +the policy says deny$/);
  expect(lines[3]).toMatch(/began +laptop +dns_set_blocking +write +pihole:primary +\{"blocking":false\}$/);
  expect(out).toContain('3 entries, newest first; there are more');
  expect(await run(state, 'show', '--tool', 'dns_flush')).toMatchObject({ out: expect.not.stringContaining('laptop') });
});

test('an empty state is not called in order', async () => {
  const { exit, out } = await run(newState(), 'verify');
  expect(exit).toBe(0);
  expect(out).toMatch(/^There is no audit under .* or all of it was removed\.$/);
});

test.each([
  [[], 'verify or show'],
  [['verify', 'x'], 'too many'],
  [['verify', '--tool', 'x'], 'belong to show'],
  [['show', '--heads', 'x'], 'belongs to verify'],
  [['show', '--since', 'yesterday'], 'Write 30m, 24h or 7d'],
  [['show', '--limit', '0'], 'no number'],
  [['verify', '--heads', 'nowhere.log'], 'cannot be read'],
  [['show', '--colour'], 'Usage'],
])('%j is told as wrong', async (argv, told) => {
  expect(await run(newState(), ...argv)).toMatchObject({ exit: 2, error: expect.stringContaining(told) });
});
