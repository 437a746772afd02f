import { chownSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { silent } from '../log/logger.ts';
import { type SmallDisk, smallDisk } from '../testing/safety/small-disk.ts';
import { openAudit } from './audit.ts';
import type { AuditEntry, AuditLine } from './audit-line.ts';
import { readAudit } from './audit-read.ts';
import { verifyAudit } from './audit-verify.ts';
import { recorder } from './record.ts';

const entry = (what: string): AuditEntry => ({ kind: 'began', caller: 'laptop', what, reason: 'z'.repeat(700) });
const linesOf = (state: string): AuditLine[] =>
  readFileSync(join(state, 'audit', 'mcp-dns-a.jsonl'), 'utf8')
    .split('\n')
    .flatMap((line) => (line.endsWith('"}') ? [JSON.parse(line)] : []));

function disk(context: TestContext): SmallDisk {
  const made = smallDisk(64);
  if (typeof made === 'string') return context.skip(made);
  onTestFinished(made.remove);
  return made;
}

test('a full disk refuses writes, reading goes on, and with room again the gap is told and nothing acknowledged is lost', async (context) => {
  const small = disk(context);
  const audit = openAudit({ folder: small.folder, server: 'mcp-dns', instance: 'a', log: silent });
  await audit.append(entry('before'));
  small.fill();
  const acknowledged: string[] = ['before'];
  const refused: string[] = [];
  for (let index = 0; index < 20; index++) {
    await audit.append(entry(`full_${index}`)).then(
      () => acknowledged.push(`full_${index}`),
      (fault) => {
        refused.push(`full_${index}`);
        expect(fault).toMatchObject({ code: 'unavailable', message: expect.stringContaining('(ENOSPC), so nothing was changed') });
        expect(fault.hint).toContain('make room');
      },
    );
  }
  // What fits into the last block is written; the rest is not.
  expect(refused.length).toBeGreaterThan(10);
  let ran = false;
  const work = recorder(audit, silent)({ caller: 'laptop', what: 'w', reason: 'z'.repeat(900) }, async () => {
    ran = true;
  });
  await expect(work).rejects.toMatchObject({ code: 'unavailable' });
  expect(ran).toBe(false);
  expect((await readAudit(small.folder)).entries.length).toBeGreaterThan(0);
  expect(verifyAudit(small.folder).ok).toBe(true);

  small.free();
  await audit.append(entry('after'));
  const lines = linesOf(small.folder);
  const gap = lines.find(({ kind }) => kind === 'gap');
  expect(gap?.lost?.count).toBe(refused.length + 1);
  expect(gap?.lost?.entries[0]).toMatchObject({ kind: 'began', what: refused[0] });
  const written = lines.filter(({ kind }) => kind === 'began').map(({ what }) => what);
  expect(written).toEqual(expect.arrayContaining([...acknowledged, 'after']));
  const found = verifyAudit(small.folder, audit.head() ? [audit.head() as never] : []);
  expect(found).toMatchObject({ ok: true, heads: 1 });
  expect(found.findings).toEqual([
    { file: 'mcp-dns-a.jsonl', line: expect.any(Number), severity: 'notice', what: expect.stringMatching(/^torn: \d+ bytes/) },
  ]);
});

test('a disk that is full from the start refuses, and the first entry comes when there is room', async (context) => {
  const small = disk(context);
  small.fill();
  const audit = openAudit({ folder: small.folder, server: 'mcp-dns', instance: 'a', log: silent });
  for (const what of ['one', 'two']) await expect(audit.append(entry(what))).rejects.toMatchObject({ code: 'unavailable' });
  small.free();
  await audit.append(entry('three'));
  await audit.close();
  expect(linesOf(small.folder).map(({ kind, what }) => `${kind} ${what}`)).toEqual(['gap audit', 'opened audit', 'began three']);
  expect(verifyAudit(small.folder)).toMatchObject({ ok: true });
});

test('a change of files on a full disk refuses, and goes on in the new file', async (context) => {
  const small = disk(context);
  const audit = openAudit({ folder: small.folder, server: 'mcp-dns', instance: 'a', log: silent, fileLimit: 3_000 });
  for (let index = 0; index < 3; index++) await audit.append(entry(`tool_${index}`));
  small.fill();
  for (let index = 0; index < 3; index++) await expect(audit.append(entry('full'))).rejects.toMatchObject({ code: 'unavailable' });
  small.free();
  await audit.append(entry('after'));
  await audit.close();
  expect(verifyAudit(small.folder)).toMatchObject({ ok: true, files: 2 });
  expect((await readAudit(small.folder, { tool: 'after' })).entries.length).toBe(1);
});

test('an end that could not be written is told by the next entry', async (context) => {
  const small = disk(context);
  const audit = openAudit({ folder: small.folder, server: 'mcp-dns', instance: 'a', log: silent });
  const record = recorder(audit, silent);
  // Whatever room the last block leaves, one of these ends does not fit.
  const run = (call: string) => record({ caller: 'laptop', what: 'w', call, targets: ['z'.repeat(200)] }, async () => small.fill());
  const calls = Array.from({ length: 30 }, (_, index) => `c${index}`);
  const ran: string[] = [];
  for (const call of calls) {
    await run(call).then(
      () => ran.push(call),
      () => {},
    );
  }
  small.free();
  await audit.append(entry('after'));
  const lines = linesOf(small.folder);
  const lost = lines.find(({ kind }) => kind === 'gap')?.lost?.entries ?? [];
  for (const call of ran) {
    const ended = [...lines, ...lost].filter((one) => one.kind === 'ended' && one.call === call);
    expect(ended).toEqual([expect.objectContaining({ outcome: 'ok' })]);
  }
  expect(ran.length).toBeGreaterThan(0);
  expect(lost.length).toBeGreaterThan(0);
  expect(verifyAudit(small.folder)).toMatchObject({ ok: true });
});

test('a read-only folder refuses writes and is still read', async (context) => {
  const small = disk(context);
  // The entries' file is closed: a file system with files open for writing cannot be made read-only.
  const before = openAudit({ folder: small.folder, server: 'mcp-dns', instance: 'a', log: silent });
  await before.append(entry('before'));
  await before.close();
  small.readOnly();
  const audit = openAudit({ folder: small.folder, server: 'mcp-dns', instance: 'b', log: silent });
  await expect(audit.append(entry('refused'))).rejects.toMatchObject({ code: 'unavailable', hint: expect.stringContaining('read-only') });
  expect((await readAudit(small.folder)).entries.length).toBe(2);
  expect(verifyAudit(small.folder)).toMatchObject({ ok: true, lines: 2 });
  small.writable();
  await audit.append(entry('after'));
  await audit.close();
  expect(verifyAudit(small.folder)).toMatchObject({ ok: true, findings: [] });
});

test('a folder that belongs to another user refuses writes', async (context) => {
  if (process.getuid?.() !== 0) return context.skip('only root can give a folder to another user: run the tests as root');
  const state = mkdtempSync(join(tmpdir(), 'audit-owner-'));
  mkdirSync(join(state, 'audit'));
  chownSync(join(state, 'audit'), 12_345, 12_345);
  const audit = openAudit({ folder: state, server: 'mcp-dns', instance: 'a', log: silent });
  await expect(audit.append(entry('one'))).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('another user') });
});
