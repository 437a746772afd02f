import { expect, test } from 'vitest';
import { lineReader, NoFrames } from './log-lines.ts';

function frame(stream: 1 | 2, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

test('frames that are cut anywhere give the same lines', () => {
  const bytes = Buffer.concat([
    frame(1, '2026-11-20T12:00:00.123456789Z eins\nzw'),
    frame(2, 'Fehler ä\r\n'),
    frame(1, 'ei\n'),
    frame(1, 'drei'),
  ]);
  const wanted = [
    { stream: 'stdout', at: '2026-11-20T12:00:00.123456789Z', text: 'eins' },
    { stream: 'stderr', text: 'Fehler ä' },
    { stream: 'stdout', text: 'zwei' },
    { stream: 'stdout', text: 'drei' },
  ];
  for (let size = 1; size <= bytes.length; size++) {
    const reader = lineReader(false);
    const lines = [];
    for (let at = 0; at < bytes.length; at += size) lines.push(...reader.push(bytes.subarray(at, at + size)));
    const { lines: rest, broken } = reader.end();
    expect([...lines, ...rest], `cut every ${size} bytes`).toEqual(wanted);
    expect(broken).toBe(false);
  }
});

test('a log that stops inside a frame says so, and keeps what came', () => {
  for (const lost of [1, 5, 12]) {
    const bytes = frame(1, 'whole\nhalf');
    const reader = lineReader(false);
    reader.push(bytes.subarray(0, bytes.length - lost));
    expect(reader.end().broken, `${lost} bytes lost`).toBe(true);
  }
});

test('a terminal has no frames; what is no log is refused', () => {
  const reader = lineReader(true);
  expect(reader.push(Buffer.from('one\r\ntwo'))).toEqual([{ stream: 'tty', text: 'one' }]);
  expect(reader.end()).toEqual({ lines: [{ stream: 'tty', text: 'two' }], broken: false });
  expect(() => lineReader(false).push(Buffer.from('plain text, no frames'))).toThrow(NoFrames);
  expect(() => lineReader(false).push(Buffer.from([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]))).toThrow(NoFrames);
});

test('a line without an end is cut at 16 KiB, and the next one is whole', () => {
  const reader = lineReader(true);
  for (let i = 0; i < 100; i++) reader.push(Buffer.alloc(1_000, 'x'));
  const [long, next] = reader.push(Buffer.from('x\nnext\n'));
  expect(long).toMatchObject({ cut: true });
  expect(long?.text).toHaveLength(16_384);
  expect(next).toEqual({ stream: 'tty', text: 'next' });
});
