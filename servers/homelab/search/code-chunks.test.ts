import { expect, test } from 'vitest';
import { codeChunks } from './code-chunks.ts';

const filler = (text: string) => `${text}\n`.repeat(30);

test('sections, functions and resources are chunks with their comments', () => {
  const ini = codeChunks(
    `# head\n${filler('a = 1')}# shared disk\n[media]\n${filler('path = /tank')}[photos]\n${filler('path = /pics')}`,
    'smb.conf',
  ).chunks;
  expect(ini.map(({ title }) => title)).toEqual(['smb.conf', 'media', 'photos']);
  expect(ini[1]?.text).toMatch(/^# shared disk/);
  const tf = codeChunks(
    `resource "dns_a_record" "nas" {\n${filler('  x = 1')}}\nresource "dns_a_record" "pi" {\n${filler('  y = 1')}}\n`,
    'dns.tf',
  ).chunks;
  expect(tf.map(({ title }) => title)).toEqual(['dns_a_record nas', 'dns_a_record pi']);
});

test('a small file is one chunk and every line is in one', () => {
  expect(codeChunks('#!/bin/sh\nmain() {\n  echo hi\n}\nmain\n', 'x.sh').chunks).toHaveLength(1);
  const text = Array.from({ length: 900 }, (_, at) => `line ${at}`).join('\n');
  const { chunks } = codeChunks(text, 'x.txt');
  expect(chunks.map(({ text: part }) => part).join('\n')).toBe(text);
});
