import { expect, test } from 'vitest';
import { DETAILS } from './catalogue-details.ts';
import { HOUSEHOLD } from './catalogue-household.ts';
import { OPERATIONS } from './catalogue-operations.ts';
import { conceptsOf, conceptsOfTerm, hasOtherWays, otherWays, purposesOf } from './concepts.ts';
import { SAME, SYNONYMS } from './synonyms.ts';
import { THINGS } from './synonyms-things.ts';
import { termsOf } from './terms.ts';

const items = (text: string) => text.split(',').map((item) => item.trim());
const term = (word: string) => termsOf(word)[0] ?? '';

test('the lists are well formed: no empty item, a category above every product', () => {
  for (const text of [HOUSEHOLD, OPERATIONS, DETAILS, SAME, SYNONYMS, THINGS]) {
    for (const line of text.trim().split('\n')) {
      for (const part of line.split(':')) expect(items(part), line).not.toContain('');
    }
  }
  for (const text of [HOUSEHOLD, OPERATIONS]) expect(text.trim().split('\n')[0]).toMatch(/^\S/);
  for (const line of `${SAME}${SYNONYMS}${THINGS}`.trim().split('\n')) if (line) expect(items(line).length, line).toBeGreaterThan(1);
});

test('the usual products are known under their usual spellings', () => {
  for (const name of [
    'immich',
    'Pi-hole',
    'home-assistant',
    'homeassistant',
    'Vaultwarden',
    'paperless-ngx',
    'uptime-kuma',
    'wg-easy',
    'nginx-proxy-manager',
    'k3s',
  ]) {
    expect(conceptsOf(name), name).toBeDefined();
  }
  expect(conceptsOf('our-own-thing')).toBeUndefined();
});

test('products of one purpose share a concept, others do not', () => {
  const shared = (a: string, b: string) => (conceptsOf(a) ?? []).some((one) => conceptsOf(b)?.includes(one));
  expect(shared('immich', 'photoprism')).toBe(true);
  expect(shared('caddy', 'traefik')).toBe(true);
  expect(shared('immich', 'traefik')).toBe(false);
});

test('an everyday word is no product in running text', () => {
  expect(conceptsOfTerm(term('outline'))).toBeUndefined();
  expect(conceptsOf('outline')).toBeDefined();
});

test('a whole phrase counts in full, a part of it little', () => {
  const best = (words: string[], of: string) =>
    Math.max(
      0,
      ...(otherWays(words.map(term)).get(term(of))?.alternatives ?? [])
        .filter(({ term: one }) => conceptsOf('cloudflared')?.includes(one))
        .map(({ weight }) => weight),
    );
  const whole = best(['opening', 'ports', 'without'], 'ports');
  expect(whole).toBeGreaterThan(best(['which', 'ports', 'without'], 'ports'));
  expect(otherWays([term('reverse'), term('proxy')]).get(term('proxy'))?.inPhrase).toBe(true);
});

test('synonyms go both ways', () => {
  const terms = (word: string) =>
    otherWays([term(word)])
      .get(term(word))
      ?.alternatives.map((one) => one.term) ?? [];
  expect(terms('restore')).toContain(term('recover'));
  expect(terms('recover')).toContain(term('restore'));
  expect(terms('xylophone')).toEqual([]);
  expect(hasOtherWays(term('restore'))).toBe(true);
});

test('a heading that names a purpose is about it', () => {
  const found = purposesOf(['Reverse', 'proxy'].map(term));
  expect((conceptsOf('caddy') ?? []).some((one) => found.has(one))).toBe(true);
});
