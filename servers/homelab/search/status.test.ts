import { expect, test } from 'vitest';
import { outdated, statedStatus } from './status.ts';

test.each([
  ['Status: Superseded by 0009', 'Superseded by 0009'],
  ['**Status:** Deprecated', 'Deprecated'],
  ['* Status: accepted', 'accepted'],
  ['| Status | Accepted |', 'Accepted'],
  ['## Status\n\nAccepted', 'Accepted'],
  ['> **Superseded** by docs/new.md', 'Superseded by docs/new.md'],
  ['> [!WARNING] Deprecated, see new.md', 'Deprecated, see new.md'],
])('%j states %j', (text, status) => {
  expect(statedStatus(`# Title\n${text}\nMore`.split('\n'))).toBe(status);
});

test('a status that is only spoken of is none', () => {
  expect(statedStatus(['# Title', 'The status page shows all.', 'This replaced nothing.'])).toBeUndefined();
  expect(statedStatus([...Array(40).fill('text'), 'Status: Superseded'])).toBeUndefined();
});

test('outdated by its words or by its place', () => {
  expect(outdated('docs/a.md', 'Superseded by b')).toBe('Superseded by b');
  expect(outdated('docs/a.md', 'Accepted')).toBeUndefined();
  expect(outdated('archive/a.md', undefined)).toBe('archived');
  expect(outdated('docs/network-old.md', undefined)).toBe('archived');
  expect(outdated('docs/threshold.md', undefined)).toBeUndefined();
});
