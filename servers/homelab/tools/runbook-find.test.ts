import { expect, test } from 'vitest';
import { INVENTORY_LAB } from '../tests/inventory-lab.ts';
import { labServer } from '../tests/lab-server.ts';

test('by alert, symptom, host or service: the page, why, the tools and the first steps', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  const byAlert = (await call('runbook_find', { alert: 'diskfull' })).text.split('\n');
  expect(byAlert.slice(0, 5)).toEqual([
    expect.stringMatching(/^runbooks\/disk-full\.md#act · A disk is full · by alert DiskFull/),
    'look first: diagnose_host',
    expect.stringMatching(/^Act, 2 of 2 steps/),
    '1. Remove unused images.',
    '2. Ask what grows.',
  ]);
  for (const [args, page] of [
    [{ symptom: 'no space left on device', host: 'nas' }, 'disk-full.md#act'],
    [{ symptom: 'DiskFull fires' }, 'disk-full.md#act'],
    [{ service: 'pihole' }, 'names.md#act'],
    [{ service: 'files' }, 'disk-full.md#act'],
    [{ symptom: 'smoke from the oven' }, 'no-head.md#what-to-do'],
  ] as const) {
    const { text } = await call('runbook_find', args);
    expect([args, text.split(' ')[0]]).toEqual([args, `runbooks/${page}`]);
    expect((await call('docs_read', { ref: text.split(' ')[0] })).text).not.toContain('No such');
  }
});

test('a host or service in the words of a symptom counts', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  const { text } = await call('runbook_find', { symptom: 'resolver-a is odd' });
  expect(text).toMatch(
    /^No text of a runbook answers the symptom; these fit by name only\.\nrunbooks\/names\.md#act .* by service resolver-a/,
  );
});

test('what is not known is told: an alert, a host, a symptom; a call without a question is refused', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  expect((await call('runbook_find', { alert: 'DiskFul' })).text).toContain('No runbook names the alert DiskFul. Did you mean: DiskFull?');
  expect((await call('runbook_find', { host: 'stor' })).text).toContain('The inventory has no host called stor. Did you mean: store?');
  const nothing = (await call('runbook_find', { symptom: 'zeppelin quaternion' })).text;
  expect(nothing).toContain('None of 3 runbooks fits.');
  expect(await call('runbook_find', {})).toMatchObject({
    isError: true,
    text: expect.stringContaining('Something to look for is missing.'),
  });
});
