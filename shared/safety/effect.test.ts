import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './effect.ts';
import { shownLine, shownText } from './shown-text.ts';

test('equal data have equal text, whatever the order of their keys', () => {
  expect(canonicalJson({ b: 1, a: [{ d: undefined, c: null }] })).toBe('{"a":[{"c":null}],"b":1}');
  expect(canonicalJson({ ä: 1, z: 2, Z: 3, '10': 4, '9': 5 })).toBe('{"10":4,"9":5,"Z":3,"z":2,"ä":1}');
  expect(canonicalJson([1.0, 1e21, -0, 0.1, 'a\u2028\ud800"'])).toBe('[1,1e+21,0,0.1,"a\u2028\\ud800\\""]');
  expect(JSON.parse(canonicalJson({ nested: { when: new Date(0) } }))).toEqual({ nested: { when: '1970-01-01T00:00:00.000Z' } });
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1]) expect(() => canonicalJson({ bad })).toThrow(TypeError);
});

const base = { tool: 'container_remove', arguments: { name: 'grafana', force: false }, targets: ['sha256:1'], guarded: { image: 'a' } };

test('the digest is the same for the same effect and another for any other', () => {
  const digest = digestOf(base);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(digestOf({ ...base, arguments: { force: false, name: 'grafana' } })).toBe(digest);
  const others = [
    { ...base, tool: 'container_stop' },
    { ...base, arguments: { name: 'grafana', force: true } },
    { ...base, arguments: { name: 'grafana', force: 'false' } },
    { ...base, arguments: { name: 'grafana', force: 0 } },
    { ...base, arguments: { name: 'grafana' } },
    { ...base, arguments: { name: 'gräfana', force: false } },
    { ...base, arguments: { name: 'gra\u0308fana', force: false } },
    { ...base, arguments: { name: 'grafana', force: null } },
    { ...base, targets: [] },
    { ...base, targets: ['sha256:1', 'sha256:2'] },
    { ...base, targets: ['sha256:2', 'sha256:1'] },
    { ...base, guarded: { image: 'b' } },
    { ...base, guarded: undefined },
  ].map(digestOf);
  expect(new Set([digest, ...others]).size).toBe(others.length + 1);
});

test('what a person is shown hides nothing but secrets and moves nothing', () => {
  expect(shownText('a\u001b[31mred\u001b[0m\u202edesrever\u2066\u200b\u0007\r\nb', 100)).toBe('areddesrever\nb');
  expect(shownText('password=hunter2hunter2', 100)).toBe('password=[redacted]');
  expect(shownText('x'.repeat(30), 10)).toBe(`${'x'.repeat(10)} ... (10 of 30 characters)`);
  expect(shownLine(' a\n\u2028 b\t', 10)).toBe('a b');
  expect(shownText('pass\u200bword=hunter2hunter2', 100)).not.toContain('hunter2');
});
