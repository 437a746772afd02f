import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Fault } from '../faults.ts';
import { logger, silent } from '../log/logger.ts';
import { openAudit } from './audit.ts';
import { readAudit } from './audit-read.ts';
import { recorder } from './record.ts';

const setUp = () => {
  const state = mkdtempSync(join(tmpdir(), 'record-'));
  const lines: string[] = [];
  const log = logger({ name: 'mcp-dns', destination: { write: (line) => lines.push(line) } });
  const audit = openAudit({ folder: state, server: 'mcp-dns', instance: 'a', log: silent });
  return { state, lines, record: recorder(audit, log), kinds: async () => (await readAudit(state)).entries.map(told).reverse() };
};
const told = ({ kind, outcome }: { kind: string; outcome?: string | undefined }) => (outcome ? `${kind} ${outcome}` : kind);
const effect = { caller: 'watchdog', what: 'dns_set_blocking', targets: ['pihole:primary'] };

test('began is on the disk before the work, ended after it', async () => {
  const { record, kinds } = setUp();
  const result = await record(effect, async () => {
    expect(await kinds()).toEqual(['opened', 'began']);
    return 7;
  });
  expect(result).toBe(7);
  expect(await kinds()).toEqual(['opened', 'began', 'ended ok']);
});

test('both entries carry the same id', async () => {
  const { record, state } = setUp();
  await record(effect, async () => undefined);
  const [ended, began] = (await readAudit(state)).entries;
  expect(ended?.call).toBe(began?.call);
  expect(ended?.call).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  [new Fault('timeout', 'It took too long.'), 'timeout'],
  [new Error('bug'), 'internal'],
])('a failure is recorded and goes on (%#)', async (failure, outcome) => {
  const { record, kinds } = setUp();
  await expect(record(effect, () => Promise.reject(failure))).rejects.toBe(failure);
  expect(await kinds()).toEqual(['opened', 'began', `ended ${outcome}`]);
});

test('where began cannot be written, nothing runs', async () => {
  const { record, state } = setUp();
  await record(effect, async () => undefined);
  rmSync(join(state, 'audit', 'mcp-dns-a.jsonl'));
  let ran = false;
  const work = record(effect, async () => {
    ran = true;
  });
  await expect(work).rejects.toMatchObject({ code: 'unavailable', hint: expect.stringContaining('npm run audit') });
  expect(ran).toBe(false);
});

test('where ended cannot be written, the result still comes and the log says so', async () => {
  const { record, state, lines } = setUp();
  const result = await record(effect, async () => {
    rmSync(join(state, 'audit', 'mcp-dns-a.jsonl'));
    return 'done';
  });
  expect(result).toBe('done');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ severity: 'error', event: 'audit_end_lost', tool: 'dns_set_blocking', outcome: 'ok' });
});
