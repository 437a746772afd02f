import { expect, test } from 'vitest';
import { parseRef } from './ref.ts';

test.for([
  ['docs/a.md', { name: 'docs/a.md' }],
  [' ./docs/a.md ', { name: 'docs/a.md' }],
  ['`docs/a.md`', { name: 'docs/a.md' }],
  ['[A](docs/a.md#b)', { name: 'docs/a.md', heading: 'b' }],
  ['homelab://docs/docs/a.md', { name: 'docs/a.md' }],
  ['homelab://docs/docs/a%20b.md#x', { name: 'docs/a b.md', heading: 'x' }],
  ['homelab://docs/50%', { name: '50%' }],
  ['docs/a.md#Some heading', { name: 'docs/a.md', heading: 'Some heading' }],
  ['docs/a.md:L10-40', { name: 'docs/a.md', lines: { from: 10, to: 40 } }],
  ['docs/a.md:40-10', { name: 'docs/a.md', lines: { from: 10, to: 40 } }],
  ['docs/a.md:7', { name: 'docs/a.md', lines: { from: 7, to: 7 } }],
  ['docs/a.md#L3-L4', { name: 'docs/a.md', lines: { from: 3, to: 4 } }],
  ['docs/a.md#2024', { name: 'docs/a.md', heading: '2024' }],
  ['ADR 7', { name: 'ADR 7', decision: 7 }],
  ['adr-0012', { name: 'adr-0012', decision: 12 }],
  ['Decision #3', { name: 'Decision #3', decision: 3 }],
  ['0007', { name: '0007', decision: 7 }],
  ['7', { name: '7' }],
  ['immich oom', { name: 'immich oom' }],
] as const)('%j', ([text, ref]) => expect(parseRef(text)).toEqual(ref));
