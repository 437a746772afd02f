import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readAll, readLines } from './read-body.ts';

const text = '{"a":"grün"}';

test.each([
  ['gzip', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['br', brotliCompressSync(text)],
  ['identity', Buffer.from(text)],
])('reads %s', async (encoding, bytes) => {
  expect((await readAll(Readable.from([bytes]), { 'content-encoding': encoding }, 1_000)).toString()).toBe(text);
});

test('a bomb is not unpacked to its end', async () => {
  // A gzip file may have several members: 1 GB out of 1 MB.
  const bomb = Buffer.concat(Array(40).fill(gzipSync(Buffer.alloc(25 * 1_024 * 1_024))));
  let pulled = 0;
  function* pieces() {
    for (let at = 0; at < bomb.length; at += 512) {
      pulled++;
      yield bomb.subarray(at, at + 512);
    }
  }
  const body = Readable.from(pieces(), { highWaterMark: 1 });
  await expect(readAll(body, { 'content-encoding': 'gzip' }, 1_000_000)).rejects.toThrow('too large');
  expect(pulled).toBeLessThan(bomb.length / 512 / 4);
  await expect.poll(() => body.destroyed).toBe(true);
});

test('exactly the limit is read, one byte more is not', async () => {
  expect(await readAll(Readable.from([Buffer.from('abc'), Buffer.from('de')]), {}, 5)).toHaveLength(5);
  await expect(readAll(Readable.from([Buffer.from('abc'), Buffer.from('def')]), {}, 5)).rejects.toThrow('too large');
});

test('lines over any cut, with and without a last line end', async () => {
  const bytes = Buffer.from('a\r\n\ngrün\nlast');
  for (let size = 1; size <= bytes.length; size++) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    const lines: string[] = [];
    for await (const line of readLines(Readable.from(pieces), {})) lines.push(line);
    expect(lines).toEqual(['a', '', 'grün', 'last']);
  }
});
