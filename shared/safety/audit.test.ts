import { appendFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Secret } from '../config/secret.ts';
import { logger, silent } from '../log/logger.ts';
import { openAudit } from './audit.ts';
import { headsIn } from './audit-heads.ts';
import type { AuditEntry, AuditLine } from './audit-line.ts';
import { readAudit } from './audit-read.ts';
import { verifyAudit } from './audit-verify.ts';

const newState = (): string => mkdtempSync(join(tmpdir(), 'audit-'));
const entry = (what: string, more: Partial<AuditEntry> = {}): AuditEntry => ({ kind: 'began', caller: 'laptop', what, ...more });
const open = (folder: string, more: Partial<Parameters<typeof openAudit>[0]> = {}) =>
  openAudit({ folder, server: 'mcp-dns', log: silent, ...more });
const linesIn = (state: string, file: string): AuditLine[] =>
  readFileSync(join(state, 'audit', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('an acknowledged entry stands on disk, for this user only, with its secrets redacted and its texts cut', async () => {
  const state = newState();
  const audit = open(state, { instance: 'a' });
  await audit.append(
    entry('dns_set_blocking', {
      level: 'write',
      targets: ['pihole:primary', 'a\u001b[31mb\u202ec'],
      arguments: { password: 'correct horse battery', note: 'x'.repeat(5_000), list: Array.from({ length: 200 }, (_, index) => index) },
    }),
  );
  const [opened, began] = linesIn(state, 'mcp-dns-a.jsonl');
  expect(opened).toMatchObject({ seq: 1, kind: 'opened', prev: '0'.repeat(64) });
  expect(began).toMatchObject({ seq: 2, kind: 'began', caller: 'laptop', what: 'dns_set_blocking', prev: opened?.hash });
  expect(began?.targets?.[1]).toBe('abc');
  expect(began?.arguments).toMatchObject({ password: '[redacted]', note: expect.stringMatching(/^x{1000}\.\.\. \(cut\)$/) });
  expect(began?.arguments).toHaveProperty(['list', 100], '... and 100 more');
  expect(statSync(join(state, 'audit')).mode & 0o777).toBe(0o700);
  expect(statSync(join(state, 'audit', 'mcp-dns-a.jsonl')).mode & 0o777).toBe(0o600);
  expect(audit.head()).toEqual({ chain: 'mcp-dns-a', seq: 2, hash: began?.hash });
});

test('arguments of any size and shape are kept within bounds, and no secret survives a cut', async () => {
  const state = newState();
  const audit = open(state, { instance: 'a' });
  const round: Record<string, unknown> = { at: new Date('2026-11-20T12:00:00Z'), secret: new Secret('open sesame'), big: 12n };
  round.self = round;
  await audit.append(entry('round', { arguments: round }));
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`name${index}`, 'y'.repeat(100)]));
  await audit.append(entry('many', { arguments: many }));
  const key = `${'z'.repeat(900)} ghp_${'a1B2'.repeat(9)} ${'z'.repeat(1_000_000)}`;
  await audit.append(entry('long', { arguments: { note: key }, reason: key }));
  const [, first, second, third] = linesIn(state, 'mcp-dns-a.jsonl');
  expect(first?.arguments).toMatchObject({ at: '2026-11-20T12:00:00.000Z', secret: expect.stringMatching(/secret|redacted/), big: '12' });
  expect(second?.arguments).toMatch(/\.\.\. \(\d+ characters of JSON\)$/);
  expect(JSON.stringify(third)).not.toContain('ghp_');
  for (const line of [first, second, third]) expect(JSON.stringify(line).length).toBeLessThan(10_000);
});

test('nothing is written before the first entry', async () => {
  const state = newState();
  const audit = open(state);
  await audit.close();
  expect(readdirSync(state)).toEqual([]);
  await expect(audit.append(entry('late'))).rejects.toMatchObject({ code: 'unavailable' });
});

test('200 entries at once stand in the order of the calls and share their syncs', async () => {
  const state = newState();
  const writes: number[] = [];
  const audit = open(state, { instance: 'a', observe: (entries) => writes.push(entries) });
  await Promise.all(Array.from({ length: 200 }, (_, index) => audit.append(entry(`tool_${index}`))));
  const lines = linesIn(state, 'mcp-dns-a.jsonl');
  expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 201 }, (_, index) => index + 1));
  expect(lines.slice(1).map(({ what }) => what)).toEqual(Array.from({ length: 200 }, (_, index) => `tool_${index}`));
  expect(writes.reduce((sum, one) => sum + one)).toBe(200);
  expect(writes.length).toBeLessThan(5);
  expect(verifyAudit(state)).toMatchObject({ ok: true, lines: 201, findings: [] });
});

test('a full file is followed by another, and the chain goes on in it', async () => {
  const state = newState();
  const audit = open(state, { instance: 'a', fileLimit: 1_000 });
  for (let index = 0; index < 12; index++) await audit.append(entry(`tool_${index}`));
  await audit.close();
  const files = readdirSync(join(state, 'audit')).filter((file) => file.startsWith('mcp-dns-a'));
  expect(files.length).toBeGreaterThan(2);
  expect(linesIn(state, 'mcp-dns-a.1.jsonl')[0]).toMatchObject({ kind: 'carried', prev: linesIn(state, 'mcp-dns-a.jsonl').at(-1)?.hash });
  expect(verifyAudit(state)).toMatchObject({ ok: true, chains: 1, files: files.length, findings: [] });
});

test('a restart names the end of the chain that did not end in order', async () => {
  const state = newState();
  const first = open(state, { instance: 'a' });
  await first.append(entry('one'));
  appendFileSync(join(state, 'audit', 'mcp-dns-a.jsonl'), '{"seq":3,"kind":"be');
  await open(state, { instance: 'b' }).append(entry('two'));
  expect(linesIn(state, 'mcp-dns-b.jsonl')[0]).toMatchObject({
    kind: 'opened',
    seen: [{ file: 'mcp-dns-a.jsonl', seq: 2, hash: first.head()?.hash, torn: { bytes: 19 } }],
  });
  await open(state, { instance: 'c' }).append(entry('three'));
  expect(linesIn(state, 'mcp-dns-c.jsonl')[0]?.seen).toMatchObject([{ file: 'mcp-dns-b.jsonl' }]);
  const found = verifyAudit(state);
  expect(found).toMatchObject({ ok: true, findings: [{ file: 'mcp-dns-a.jsonl', line: 3, severity: 'notice' }] });
});

test('the head is given to the log at the end, in a form that verify takes', async () => {
  const state = newState();
  const lines: string[] = [];
  const audit = open(state, { log: logger({ name: 'mcp-dns', destination: { write: (line) => lines.push(line) } }) });
  await audit.append(entry('one'));
  const head = audit.head();
  await audit.close();
  expect(headsIn(`noise\n2026-11-20 dns | ${lines.join('')}`)).toEqual([head]);
});

test('the head is given to the log every hour in which something was written', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const lines: string[] = [];
  const audit = open(newState(), { log: logger({ name: 'mcp-dns', destination: { write: (line) => lines.push(line) } }) });
  vi.advanceTimersByTime(3_600_000);
  expect(lines).toEqual([]);
  await audit.append(entry('one'));
  vi.advanceTimersByTime(2 * 3_600_000);
  expect(headsIn(lines.join(''))).toEqual([audit.head()]);
});

test('an entry that only waits to be written stands in the file, and the next sync takes it along', async () => {
  const state = newState();
  const audit = open(state, { instance: 'a' });
  await audit.append(entry('one'), 'written');
  expect(linesIn(state, 'mcp-dns-a.jsonl').at(-1)?.what).toBe('one');
  await Promise.all([audit.append(entry('two'), 'written'), audit.append(entry('three'))]);
  await audit.close();
  expect(linesIn(state, 'mcp-dns-a.jsonl').map(({ what }) => what)).toEqual(['audit', 'one', 'two', 'three']);
});

test.each([
  ['removed', (file: string) => rmSync(file)],
  [
    'replaced by a copy',
    (file: string) => {
      writeFileSync(`${file}.new`, readFileSync(file));
      renameSync(`${file}.new`, file);
    },
  ],
  ['cut', (file: string) => truncateSync(file, 100)],
  ['added to by another program', (file: string) => appendFileSync(file, '{}\n')],
])('a file that was %s while in use takes no more entries', async (_, tamper) => {
  const state = newState();
  const audit = open(state, { instance: 'a' });
  await audit.append(entry('one'));
  tamper(join(state, 'audit', 'mcp-dns-a.jsonl'));
  for (const what of ['two', 'three']) {
    await expect(audit.append(entry(what))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('nothing was changed'),
    });
  }
  expect(verifyAudit(state, [audit.head() ?? { chain: '', seq: 0, hash: '' }]).ok).toBe(_ === 'replaced by a copy');
});

test('the clock set back an hour changes no order', async () => {
  const state = newState();
  let now = Date.parse('2026-11-20T12:00:00Z');
  const audit = open(state, { instance: 'a', now: () => now });
  await audit.append(entry('before'));
  now -= 3_600_000;
  await audit.append(entry('after'));
  await audit.close();
  expect(linesIn(state, 'mcp-dns-a.jsonl').map(({ what, time }) => [what, time])).toEqual([
    ['audit', '2026-11-20T12:00:00.000Z'],
    ['before', '2026-11-20T12:00:00.000Z'],
    ['after', '2026-11-20T11:00:00.000Z'],
  ]);
  expect(verifyAudit(state)).toMatchObject({ ok: true, findings: [] });
});

test('reading is newest first, by tool, caller and time, and says when there is more', async () => {
  const state = newState();
  let now = Date.parse('2026-11-20T12:00:00Z');
  const two = [open(state, { instance: 'a', now: () => now }), open(state, { server: 'mcp-docker', instance: 'b', now: () => now })];
  for (let index = 0; index < 10; index++) {
    now += 60_000;
    await two[index % 2]?.append(entry(`tool_${index % 2}`, { caller: index < 5 ? 'laptop' : 'phone', call: String(index) }));
  }
  const calls = async (query: Parameters<typeof readAudit>[1]) => {
    const { entries, more } = await readAudit(state, query);
    return { calls: entries.flatMap(({ call }) => call ?? []).join(''), more };
  };
  expect(await calls({})).toEqual({ calls: '9876543210', more: false });
  expect(await calls({ limit: 3 })).toEqual({ calls: '987', more: true });
  expect(await calls({ tool: 'tool_1' })).toEqual({ calls: '97531', more: false });
  expect(await calls({ caller: 'laptop', tool: 'tool_0' })).toEqual({ calls: '420', more: false });
  expect(await calls({ since: now - 90_000 })).toEqual({ calls: '98', more: false });
});
