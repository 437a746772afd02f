import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect } from 'vitest';
import { testWith } from '../../../shared/testing/engines.ts';
import { type LabServer, labServer } from './lab-server.ts';
import { type LabCopy, referenceLab } from './reference-lab.ts';

async function asked({ client }: LabServer, name: string, args: Record<string, string>): Promise<string> {
  const { messages } = await client.raw.getPrompt({ name, arguments: args });
  const text = messages.map(({ content }) => (content.type === 'text' ? content.text : '')).join('\n');
  expect([name, encode(text).length < 6000]).toEqual([name, true]);
  expect(text.split('\n').at(-1)).toMatch(/^src: /);
  return text;
}

function withHistory(): LabCopy {
  const lab = referenceLab({ 'compose/nas/loki/compose.yaml': 'services:\n  loki:\n    image: grafana/loki:3\n' });
  lab.git(['init', '-q', '-b', 'main']);
  lab.commit('start', '2020-01-01T00:00:00Z');
  lab.edit('infrastructure/services/loki.yaml', 'description: ', 'description: Changed. ');
  lab.commit('keep logs for 90 days');
  lab.write('compose/rpi/pihole/compose.yaml', 'services:\n  pihole:\n    image: pihole/pihole:2026.1\n');
  lab.commit('update the resolver');
  return lab;
}

testWith(['git'], 'triage_host: services, what hangs on the machine, its changes only, its alerts with pages, and tools', async () => {
  const server = await labServer(withHistory());
  const text = await asked(server, 'triage_host', { host: 'qnap' });
  expect(text).toMatch(/^Find out what is wrong with the machine nas/);
  expect(text).toContain('nas-smb -> immich-server, jellyfin on gaming-pc');
  expect(text).toContain('keep logs for 90 days: infrastructure/services/loki.yaml');
  expect(text).not.toContain('update the resolver');
  expect(text).toMatch(/\nDiskWillFill: runbooks\/disk-filling\.md \(A disk is filling or full\)/);
  expect(text).toMatch(/tools these pages begin with: .*diagnose_host/);
  expect(await asked(server, 'triage_host', { host: 'macbook' })).toContain('often asleep, which is no fault');
  expect(await asked(server, 'triage_host', { host: 'nsa' })).toContain('Did you mean: nas');
});

testWith(['git'], 'explain_service: the contract in full, dependencies, pages, its changes only', async () => {
  const server = await labServer(withHistory());
  const text = await asked(server, 'explain_service', { service: 'loki' });
  expect(text).toContain('stops with it (3):');
  expect(text).toMatch(/decisions\/0017-loki-retention\.md · /);
  expect(text).toContain('keep logs for 90 days');
  expect(text).not.toContain('update the resolver');
  expect(await asked(server, 'explain_service', { service: 'pihole' })).toContain('pihole is 2 services');
});

testWith(
  ['git'],
  'plan_change: what is named with its rules and what breaks, related decisions; a sentence without names is told',
  async () => {
    const server = await labServer(withHistory());
    const text = await asked(server, 'plan_change', { what: 'move Vaultwarden from rpi to the zeppelin' });
    expect(text).toContain('## service vaultwarden\n');
    expect(text).toContain('## host rpi\n');
    expect(text).toContain('Words that name nothing in the inventory: move, from, zeppelin.');
    expect(text).toMatch(/decisions\/0026-vaultwarden-on-the-pi\.md · /);
    expect(await asked(server, 'plan_change', { what: 'make it all faster' })).toContain('names no service or machine');
  },
);

testWith(['git'], 'write_decision: the next number, the form of the newest page, related decisions', async () => {
  const server = await labServer(withHistory());
  const text = await asked(server, 'write_decision', { title: 'Loki keeps 30 days, größer' });
  const last = (
    await server.client.raw.complete({
      ref: { type: 'ref/resource', uri: 'homelab://docs/{+path}' },
      argument: { name: 'path', value: 'decisions/0' },
    })
  ).completion.values
    .toSorted()
    .at(-1);
  const next = String(Number(last?.slice(10, 14)) + 1).padStart(4, '0');
  expect(text).toContain(`as decisions/${next}-loki-keeps-30-days-großer.md`);
  expect(text).toContain(`# ${next} Loki keeps 30 days, größer\n\n## Context\n\n## Options\n\n## Decision\n\n## Consequences`);
  expect(text).toMatch(/decisions\/0017-loki-retention\.md · /);
  const bare = await labServer({ 'README.md': '# Lab\n' });
  expect(await asked(bare, 'write_decision', { title: 'First' })).toContain('as decisions/0001-first.md');
});
