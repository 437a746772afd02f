import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Fault } from '../faults.ts';
import { fileProblemsText, parseYaml, readYaml } from './yaml-file.ts';

const Host = z.strictObject({ address: z.string(), cores: z.number().int().optional(), role: z.enum(['nas', 'pi']).optional() });
const shape = z.strictObject({ hosts: z.record(z.string(), Host), tags: z.array(z.string()).optional() });
const read = (text: string) => fileProblemsText(parseYaml(text, 'hosts.yaml', shape).problems);

test('reads YAML and JSON, with a byte order mark, CRLF and tabs inside JSON', () => {
  const value = { hosts: { nas: { address: '10.0.0.2' } }, tags: ['a'] };
  expect(parseYaml('\uFEFFhosts:\r\n  nas:\r\n    address: 10.0.0.2\r\ntags: [a]\r\n', 'a', shape)).toMatchObject({ value, problems: [] });
  expect(parseYaml(JSON.stringify(value, null, '\t'), 'a', shape)).toMatchObject({ value, problems: [] });
});

test('tells what the shape misses, at its line and column', () => {
  const text = [
    'hosts:',
    '  nas:',
    '    adress: 10.0.0.2',
    '    cores: four',
    '  rpi: { address: 1.2.3.4, role: pc }',
    'tags:',
    '  - a',
    '  - 7',
    '',
  ].join('\r\n');
  expect(read(`\uFEFF${text}`).split('\n')).toEqual([
    'hosts.yaml:2:3 hosts.nas.address is missing',
    'hosts.yaml:4:5 hosts.nas.cores is wrong: Invalid input: expected number, received string',
    'hosts.yaml:3:5 hosts.nas.adress is not known here; did you mean address?',
    'hosts.yaml:5:28 hosts.rpi.role is wrong: Invalid option: expected one of "nas"|"pi"',
    'hosts.yaml:8:5 tags[1] is wrong: Invalid input: expected string, received number',
  ]);
});

test.each([
  ['a duplicate key', 'hosts: {}\nhosts: {}\n', 'hosts.yaml:2:1 Map keys must be unique'],
  ['bad indentation', 'hosts:\n  nas:\n address: x\n', 'hosts.yaml:3:2'],
  ['an unknown tag', 'hosts: {}\ntags: [!vault x]\n', 'hosts.yaml:2:8 Unresolved tag: !vault'],
  ['an unclosed quote', 'hosts: {}\ntags: ["x]\n', 'hosts.yaml:'],
  ['two documents', 'hosts: {}\n---\nhosts: {}\n', 'hosts.yaml:2:1'],
  ['nothing', '', 'hosts.yaml:1:1 the file is wrong'],
  ['an unknown alias', 'hosts: *nowhere\n', 'hosts.yaml:1:8 *nowhere has no anchor before it'],
  ['endless nesting', `hosts: ${'['.repeat(50_000)}`, 'hosts.yaml:1:'],
])('%s is a problem with a place', (_name, text, start) => {
  expect(read(text).startsWith(start), read(text)).toBe(true);
});

test('an alias bomb is refused, not expanded', () => {
  const levels = Array.from({ length: 12 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`);
  expect(read(['l0: &l0 [x]', ...levels].join('\n'))).toContain('expands too many aliases');
});

test('a problem behind an alias is told where the value stands', () => {
  expect(read('hosts:\n  a: &h\n    address: 1\n  b: *h\n')).toContain('hosts.yaml:3:5 hosts.b.address');
});

test('a union tells the problem of the alternative that was meant', () => {
  const either = z.object({ port: z.union([z.number(), z.strictObject({ from: z.number(), to: z.number() })]) });
  const { problems } = parseYaml('port:\n  from: 1\n  to: x\n', 'f', either);
  expect(fileProblemsText(problems)).toBe('f:3:3 port.to is wrong: Invalid input: expected number, received string');
});

test('a check beyond the shape can ask for a place', () => {
  expect(parseYaml('hosts:\n  nas: { address: a }\n', 'f', shape).at(['hosts', 'nas', 'address'])).toEqual({ line: 2, column: 10 });
});

test('a file that cannot be read is a Fault that names it', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'yaml-')), 'big.yaml');
  expect(() => readYaml(file, shape)).toThrow(Fault);
  expect(() => readYaml(file, shape)).toThrow(`${file} cannot be read (ENOENT).`);
  writeFileSync(file, `# ${'x'.repeat(1024 * 1024)}`);
  expect(() => readYaml(file, shape)).toThrow('larger than 1 MiB');
});
