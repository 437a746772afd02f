import { expect, test } from 'vitest';
import { plain, plainLines } from './plain.ts';

test.each([
  ['\u001b[31;1mred\u001b[0m text', 'red text'],
  ['\u009b31mred', 'red'],
  ['\u001b]0;title\u0007shell', 'shell'],
  ['\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['a\u0000b\u0007c\u007fd\u0085e', 'abcde'],
  ['user\u202egnp.exe', 'usergnp.exe'],
  ['\u2066hid\u2069den\u200f', 'hidden'],
  ['zero\u200bwidth\u200d\ufeffjoin\u2060er', 'zerowidthjoiner'],
  ['tags\u{e0041}\u{e0042} and\u{e007f}', 'tags and'],
  ['half\ud83d emoji', 'half\ufffd emoji'],
  ['first\r\nsecond\n\n  third\tx', 'first ⏎ second ⏎ third x'],
  ['line\u2028separator', 'line separator'],
  ['  spaces  ', 'spaces'],
  ['Überprüfung ✅ 照片 🎉', 'Überprüfung ✅ 照片 🎉'],
])('%j becomes %j', (text, expected) => {
  expect(plain(text)).toBe(expected);
  expect(plain(plain(text))).toBe(expected);
});

test('a cut is marked, counted and never halves a character', () => {
  expect(plain('a'.repeat(300), 10)).toBe(`${'a'.repeat(9)}…`);
  expect(plain('a'.repeat(10), 10)).toBe('a'.repeat(10));
  expect(plain(`${'a'.repeat(8)}🎉🎉`, 10)).toBe(`${'a'.repeat(8)}…`);
  expect(plain('\u200b'.repeat(100_000), 10)).toBe('…');
});

test('lines and tabs stay where they are wanted', () => {
  expect(plainLines('a\tb\r\nc\u001b[2K\rd', 100)).toBe('a\tb\nc\nd');
  expect(plainLines('x\n'.repeat(100), 21)).toHaveLength(21);
});

test('a megabyte of unfinished terminal commands ends', () => {
  for (const piece of ['\u001b]', '\u001b[', '\u001bP', '\u001b[0;', '\u009b', '\n '])
    expect(plain(piece.repeat(500_000), 1_000_000).length).toBeLessThanOrEqual(1_000_000);
});
