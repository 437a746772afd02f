import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labFolder } from '../tests/lab-folder.ts';
import { labServer } from '../tests/lab-server.ts';
import { SMALL_LAB } from '../tests/small-lab.ts';

test.for([
  ['docs/network.md', /^docs\/network\.md L1-7 · Network · doc/],
  ['docs/services/immich.md#restore', /^docs\/services\/immich\.md L9-16 of 24 · Immich > Backup > Restore/],
  ['docs/services/immich.md#Backup', /L5-16 of 24/],
  ['docs/services/immich.md#backup-1', /L22-24 of 24/],
  ['docs/services/immich.md:L5-7', /L5-7 of 24/],
  ['docs/services/immich.md#L5-L7', /L5-7 of 24/],
  ['ADR 7', /^decisions\/0007-caddy\.md L1-\d+ · 7\. Caddy/],
  ['decision 3', /^decisions\/0003-traefik\.md/],
  ['0007', /^decisions\/0007-caddy\.md/],
  ['immich-oom', /^runbooks\/immich-oom\.md/],
  ['the immich oom runbook', /^runbooks\/immich-oom\.md/],
  [
    'photos killed for memory',
    /^Nothing here is called that\.\nDid you mean one of these, found by content:\n {2}runbooks\/immich-oom\.md/,
  ],
  ['Immich is killed for memory', /^runbooks\/immich-oom\.md/],
  ['homelab://docs/docs/network.md', /^docs\/network\.md/],
  ['network.md', /^docs\/network\.md/],
  ['compose/nas/compose.yaml#networks', /L10-11 of 11 · .*networks/],
  ['compose/nas/compose.yaml#database', /L8-9 of 11 · (services > )?database/],
  ['imich-oom', /^Nothing is called exactly that; this is the nearest\.\nrunbooks\/immich-oom\.md/],
  [
    'docs/services/immich.md#restre',
    /^No such heading, key or line in docs\/services\/immich\.md\.\nIt has:\n {2}docs\/services\/immich\.md#/,
  ],
  ['docs/network.md:L900', /^No such heading, key or line/],
  ['docs/services/', /^That is a folder; docs_outline lists it\. It begins with:\n {2}docs\/services\/immich\.md/],
  ['qzqz xyxy', /^Nothing here is called that\.\ndocs_search finds/],
] as const)('%j', async ([ref, head]) => {
  const { call } = await labServer(SMALL_LAB);
  const { text, isError } = await call('docs_read', { ref });
  expect(isError).toBe(false);
  expect(text).toMatch(head);
  expect(text.split('\n').at(-1)).toMatch(/^src: /);
});

test('the section, not the file, fenced; a superseded decision says so', async () => {
  const { call } = await labServer(SMALL_LAB);
  const { text } = await call('docs_read', { ref: 'docs/services/immich.md#restore' });
  const [, tag] = /<text ([0-9a-f]{8})>/.exec(text) ?? [];
  expect(text).toContain(`</text ${tag}>`);
  expect(text).toContain('# Not a heading');
  expect(text).not.toContain('Read the release notes');
  expect((await call('docs_read', { ref: 'ADR 3' })).text).toContain('OUTDATED: Superseded by 0007');
});

test('a long file is cut at a line, with the next ref and the sections left', async () => {
  const body = Array.from({ length: 40 }, (_, number) => `## Part ${number}\n\n${'word '.repeat(40)}\n`).join('\n');
  const { call } = await labServer({ 'docs/long.md': `# Long\n\n${body}` });
  const { text } = await call('docs_read', { ref: 'docs/long.md', max: 1000 });
  const next = /next: ref=(\S+)/.exec(text)?.[1];
  expect(text).toMatch(/Cut: lines 1-\d+ of 1-\d+; next: ref=docs\/long\.md:L\d+-\d+\n {2}docs\/long\.md#part-\d+ L/);
  expect(text).toMatch(/and \d+ more: docs_outline/);
  expect((await call('docs_read', { ref: next })).text).toContain('word word');
});

test('secrets are redacted wherever they are read', async () => {
  const { call } = await labServer(SMALL_LAB);
  const replies = [
    await call('docs_read', { ref: 'compose/nas/compose.yaml' }),
    await call('docs_read', { ref: 'compose/nas/compose.yaml:L7' }),
    await call('docs_search', { query: 'DB_PASSWORD' }),
    await call('docs_search', { query: 'hunter2.*', mode: 'regex' }),
  ];
  expect(replies[0]?.text).toContain('[redacted');
  for (const { text } of replies) expect(text).not.toContain('hunter2-Xk9');
});

test('nothing outside is read: escapes, links, git folder, environment files', async () => {
  const outside = labFolder({ 'secret.md': '# Outside\n\nTOP' });
  const lab = labFolder({ 'docs/a.md': '# A\n', '.env': 'X=TOP\n' });
  symlinkSync(join(outside.root, 'secret.md'), join(lab.root, 'docs/link.md'));
  symlinkSync(outside.root, join(lab.root, 'folder'));
  const { call } = await labServer(lab);
  const escapes = [
    '../secret.md',
    'docs/../../secret.md',
    `${outside.root}/secret.md`,
    'docs\\..\\x',
    '%2e%2e%2fsecret.md',
    '.git/config',
    'docs/a.md\0.md',
    '~/x',
  ];
  for (const ref of escapes) {
    const { isError, text } = await call('docs_read', { ref });
    expect([ref, isError, text.slice(0, 13)]).toEqual([ref, true, 'invalid_input']);
  }
  for (const ref of ['docs/link.md', 'folder/secret.md', '.env', 'secret.md', 'homelab://docs/..%2fsecret.md']) {
    expect([ref, (await call('docs_read', { ref })).text.includes('TOP')]).toEqual([ref, false]);
  }
  outside.remove();
});

test('what a terminal or a reader cannot see is not sent', async () => {
  const nasty = 'x\u001b[31mred\u001b[0m \u202eleft\u202c \u200bzero\u0007\u{e0041}';
  const { call } = await labServer({ 'docs/nasty.md': `# Head ${nasty}\n\nBody ${nasty} zigbee\n`, 'docs/a\u202eb.md': '# Name\n' });
  const replies = [
    await call('docs_read', { ref: 'docs/nasty.md' }),
    await call('docs_search', { query: 'zigbee' }),
    await call('docs_search', { query: 'zigbee', mode: 'regex' }),
    await call('docs_outline', { path: 'docs/nasty.md' }),
    await call('docs_outline', { path: 'docs' }),
  ];
  for (const { text } of replies) expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e]|\u{e0041}/u);
  expect(replies[0]?.text).toContain('Body xred left zero zigbee');
});
