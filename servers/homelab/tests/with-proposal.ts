import { readAudit } from '../../../shared/safety/audit-read.ts';
import { type StartOptions, TOKENS } from '../../../shared/testing/start.ts';
import { labFolder } from './lab-folder.ts';
import { labServer } from './lab-server.ts';
import { SMALL_LAB } from './small-lab.ts';
import { stateFolder } from './state-folder.ts';

/** A lab with one proposal: a line of docs/network.md. */
export async function withProposal(policy = 'disruptive: allow', start: StartOptions = {}) {
  const state = stateFolder(`version: 1\ndefaults: { ${policy} }\n`);
  const lab = labFolder(SMALL_LAB, { git: true });
  const server = await labServer(lab, { token: TOKENS.disruptive, start: { ...start, state } });
  const propose = async (args: Record<string, unknown>) => {
    const { text } = await server.call('docs_propose', { reason: 'because the test says so', ...args });
    return /proposal\/([0-9a-f]{8})/.exec(text)?.[1] ?? text;
  };
  const id = await propose({ path: 'docs/network.md', find: 'VLAN 20', replace: 'VLAN 21' });
  const merge = (args: Record<string, unknown> = {}) => server.call('docs_proposal_merge', { id, ...args });
  const kinds = async () =>
    (await readAudit(state)).entries.flatMap(({ kind, what }) => (what === 'docs_proposal_merge' ? [kind] : [])).reverse();
  return { ...server, lab, id, propose, merge, state, kinds };
}
