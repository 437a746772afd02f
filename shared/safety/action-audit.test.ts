import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Fault } from '../faults.ts';
import { allHooks, auditHooks } from './action-audit.ts';
import { showAction } from './action-shown.ts';
import { openActions } from './actions.ts';
import type { AuditEntry } from './audit-line.ts';
import { digestOf, type Effect } from './effect.ts';

const args = { name: 'grafana', password: 'hunter2hunter2' };
const effect: Effect = {
  tool: 'container_remove',
  title: 'Remove a container',
  level: 'destructive',
  targets: ['nas/grafana\u202e'],
  preview: 'Removes grafana.',
  dependents: ['homepage\n<b>'],
  arguments: args,
  digest: digestOf({ tool: 'container_remove', arguments: args, targets: ['nas/grafana'] }),
};
const proposal = { server: 'mcp-docker', caller: 'laptop', reason: 'It is broken.' };

function audited() {
  const entries: AuditEntry[] = [];
  const lost: unknown[] = [];
  const disk = { full: false };
  const append = async (entry: AuditEntry): Promise<void> => {
    if (disk.full) throw new Fault('unavailable', 'The audit log cannot be written.');
    entries.push(entry);
  };
  const seen: string[] = [];
  const hooks = allHooks(
    auditHooks({ append, head: () => undefined, close: async () => {} }, (error) => lost.push(error)),
    { after: ({ to }) => void seen.push(to) },
  );
  const folder = join(mkdtempSync(join(tmpdir(), 'audited-')), 'actions');
  return { actions: openActions(folder, { key: Buffer.alloc(32, 7), hooks }), entries, lost, disk, seen };
}

test('proposals, approvals and denials stand in the audit, with who and why', async () => {
  const { actions, entries, seen } = audited();
  const { id } = await actions.propose(effect, proposal);
  await actions.approve(id, 'phone');
  await actions.deny(id, 'tablet', 'not now');
  expect(entries.map(({ kind, caller, action, reason }) => [kind, caller, action, reason])).toEqual([
    ['asked', 'laptop', id, 'It is broken.'],
    ['approved', 'phone', id, undefined],
    ['denied', 'tablet', id, 'not now'],
  ]);
  expect(entries[0]).toMatchObject({ what: 'container_remove', level: 'destructive', arguments: args });
  expect(seen).toEqual(['pending', 'approved', 'denied']);
});

test('without a record nothing is approved, and denying still works', async () => {
  const { actions, lost, disk } = audited();
  const { id } = await actions.propose(effect, proposal);
  disk.full = true;
  await expect(actions.approve(id, 'phone')).rejects.toThrow('audit');
  await expect(actions.propose(effect, proposal)).rejects.toThrow('audit');
  expect(actions.get(id).state).toBe('pending');
  expect((await actions.deny(id, 'phone')).state).toBe('denied');
  expect(lost).toHaveLength(1);
});

test('an action is shown without secrets and without what moves text', async () => {
  const { actions } = audited();
  const shown = showAction(await actions.propose(effect, proposal));
  expect(shown).toMatchObject({ targets: ['nas/grafana'], dependents: ['homepage <b>'], tool: 'container_remove', state: 'pending' });
  expect(shown.arguments).toBe('{"name":"grafana","password":"[redacted]"}');
});
