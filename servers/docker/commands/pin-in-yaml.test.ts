import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pinInYaml } from './pin-in-yaml.ts';

const NEW = `SHA256:${'A'.repeat(43)}`;
const shipped = readFileSync(new URL('../../../infrastructure/hosts.yaml', import.meta.url), 'utf8');

test('a pinned fingerprint is replaced, and not one other character changes', () => {
  const { before, text } = pinInYaml(shipped, 'nas', NEW) ?? {};
  expect(before).toMatch(/^SHA256:/);
  expect(text).toBe(shipped.replace(before as string, NEW));
});

test.each([
  ['flow', 'ssh: { user: me } # mine', `ssh: { fingerprint: '${NEW}', user: me } # mine`],
  ['block', 'ssh:\n      # who\n      user: me', `ssh:\n      # who\n      fingerprint: '${NEW}'\n      user: me`],
])('a missing one is added to a %s map, comments stay', (_, ssh, wanted) => {
  const file = (own: string) => `# mine\nhosts:\n  - name: a # first\n    ${own}\n  - name: b\n    ssh: none\n`;
  expect(pinInYaml(file(ssh), 'a', NEW)).toEqual({ text: file(wanted) });
  expect(pinInYaml(file(ssh), 'b', NEW)).toBeUndefined();
  expect(pinInYaml(file(ssh), 'c', NEW)).toBeUndefined();
});
