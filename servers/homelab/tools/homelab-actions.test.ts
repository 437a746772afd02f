import { expect, test } from 'vitest';
import { describeWith } from '../../../shared/testing/engines.ts';
import { TOKENS } from '../../../shared/testing/start.ts';
import { labFolder } from '../tests/lab-folder.ts';
import { labServer } from '../tests/lab-server.ts';
import { branches } from '../tests/picture.ts';
import { SMALL_LAB } from '../tests/small-lab.ts';
import { stateFolder } from '../tests/state-folder.ts';

describeWith(['git'], 'homelab_actions', () => {
  async function waitingFor(verdict: string) {
    const state = stateFolder(`version: 1\nrules: [{ tool: docs_propose, verdict: ${verdict} }]\n`);
    const lab = labFolder(SMALL_LAB, { git: true });
    const server = await labServer(lab, { token: TOKENS.write, start: { state } });
    const change = { path: 'docs/network.md', find: 'cameras', replace: 'bells', reason: 'The cameras are bells' };
    const { text } = await server.call('docs_propose', change);
    const id = /action ([0-9a-z]{10}) waits for a person/.exec(text)?.[1] ?? text;
    return { ...server, lab, id };
  }

  test.each(['operator', 'ask'])('policy %s: a call waits and is read, cancelled, and not run', async (verdict) => {
    const { lab, id, call, connect, safety } = await waitingFor(verdict);
    const listed = (await call('homelab_actions')).text;
    expect(listed).toMatch(new RegExp(`^${id} pending docs_propose on docs/network\\.md · by test-write · `));
    expect((await call('homelab_actions', { id })).text).toContain('waits for a person: `npm run actions`');
    const other = await connect('v1', TOKENS.destructive);
    expect((await other.call('homelab_actions', { id, cancel: true })).text).toMatch(/^denied: That action is of another caller/);
    expect((await call('homelab_actions', { id, cancel: true })).text).toMatch(new RegExp(`^${id} denied docs_propose`));
    await expect(safety.actions.approve(id, 'ada')).rejects.toThrow();
    expect(branches(lab)).toEqual([]);
    expect((await call('homelab_actions', { cancel: true })).text).toMatch(/^invalid_input/);
    expect((await call('homelab_actions', { id: 'nope' })).text).toMatch(/^invalid_input/);
  });

  test('wait ends when a person approved and it ran, with the reason in the commit', async () => {
    const { lab, id, call, safety } = await waitingFor('operator');
    expect(safety.actions.get(id).effect.preview).toContain('-VLAN 20 is for cameras.\n+VLAN 20 is for bells.');
    const waited = call('homelab_actions', { id, wait: 20 });
    await safety.actions.approve(id, 'ada');
    expect((await waited).text).toMatch(
      new RegExp(`^${id} completed docs_propose on docs/network\\.md .*\\n {2}ok: Proposed as proposal/`),
    );
    const [branch = ''] = branches(lab)[0]?.split(' ') ?? [];
    expect(lab.git(['log', '-1', '--format=%s %ae', branch])).toBe('The cameras are bells test-write\n');
  });

  test('a document that changed since is stale', async () => {
    const { lab, id, call, safety } = await waitingFor('operator');
    lab.write('docs/network.md', '# Network\n\nVLAN 20 is for cameras and bells.\n');
    lab.commit('meanwhile');
    await safety.actions.approve(id, 'ada');
    expect((await call('homelab_actions', { id, wait: 20 })).text).toMatch(/\n {2}stale: conflict: What was approved has changed since/);
    expect(branches(lab)).toEqual([]);
  });
});
