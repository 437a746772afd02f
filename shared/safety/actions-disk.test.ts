import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { type SmallDisk, smallDisk } from '../testing/safety/small-disk.ts';
import { openActions } from './actions.ts';
import { digestOf, type Effect } from './effect.ts';

const owner = { instance: 'a', host: 'h' };
const proposal = { server: 'mcp-docker', caller: 'laptop' };
const effect: Effect = {
  tool: 'container_remove',
  title: 'Remove a container',
  level: 'destructive',
  targets: ['nas/grafana'],
  preview: 'Removes grafana.',
  arguments: {},
  digest: digestOf({ tool: 'container_remove', arguments: {}, targets: ['nas/grafana'] }),
};

async function waiting(context: TestContext): Promise<{ disk: SmallDisk; actions: ReturnType<typeof openActions>; ids: string[] }> {
  const disk = smallDisk(128);
  if (typeof disk === 'string') return context.skip(disk);
  onTestFinished(disk.remove);
  const actions = openActions(join(disk.folder, 'actions'), { key: Buffer.alloc(32, 7), staleMs: 20 });
  const ids: string[] = [];
  for (let at = 0; at < 3; at++) ids.push((await actions.propose(effect, proposal)).id);
  return { disk, actions, ids };
}
const drafts = (disk: SmallDisk) => readdirSync(join(disk.folder, 'actions', 'pending')).filter((name) => name.startsWith('.'));

test('on a full disk nothing is proposed, approved or started, the list goes on, and with room again all goes on', async (context) => {
  const { disk, actions, ids } = await waiting(context);
  const [one = '', two = ''] = ids;
  await actions.approve(one, 'phone');
  disk.fill();
  // What still fits into blocks that are there is used up as well.
  let refused = '';
  for (let tries = 0; tries < 40 && !refused; tries++) {
    refused = await actions.propose(effect, proposal).then(
      () => '',
      (fault: Error) => fault.message,
    );
    if (!refused) disk.fill();
  }
  expect(refused).toContain('(ENOSPC), so nothing was changed');
  const claimed = await actions.claim(one, owner).catch(() => undefined);
  expect(claimed).toBeUndefined();
  expect(actions.list().broken).toEqual([]);
  expect(actions.get(two).state).toBe('pending');
  expect(drafts(disk)).toEqual([]);
  disk.free();
  await actions.approve(two, 'phone');
  expect(await actions.claim(two, owner)).toMatchObject({ state: 'running' });
  expect((await actions.complete(two, { text: 'done' })).state).toBe('completed');
  // The start that could not be written is ended as not begun, by whoever comes by.
  const other = { instance: 'b', host: 'h' };
  await expect
    .poll(async () => {
      await actions.recover('mcp-docker', other);
      return actions.get(one).ended?.outcome;
    })
    .toBe('not_begun');
});

test('on a read-only disk nothing changes and the list goes on', async (context) => {
  const { disk, actions, ids } = await waiting(context);
  const [one = ''] = ids;
  disk.readOnly();
  for (const act of [
    actions.propose(effect, proposal),
    actions.approve(one, 'phone'),
    actions.deny(one, 'phone'),
    actions.adopt(effect, proposal, owner),
  ])
    await expect(act).rejects.toMatchObject({ code: 'unavailable', hint: expect.stringContaining('read-only') });
  expect(actions.list({ state: 'pending' }).total).toBe(3);
  disk.writable();
  expect((await actions.approve(one, 'phone')).state).toBe('approved');
});
