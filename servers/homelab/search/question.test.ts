import { expect, test } from 'vitest';
import { conceptsOf } from './concepts.ts';
import { editDistance } from './edit-distance.ts';
import { postings } from './postings.ts';
import { asked } from './question.ts';
import { termsOf } from './terms.ts';

const index = (...terms: string[]) => {
  const empty = postings();
  terms.forEach((term, slot) => {
    empty.add(slot, new Map([[term, 1]]));
  });
  return empty;
};
const ways = (query: string, word: string, ...terms: string[]) =>
  asked(query, index(...terms))
    .find((one) => one.word === word)
    ?.alternatives.map(({ term }) => term) ?? [];

test('a purpose leads to the products that serve it', () => {
  for (const [query, word, product] of [
    ['our family pictures', 'pictures', 'immich'],
    ['password manager', 'password', 'vaultwarden'],
    ['reverse proxy', 'proxy', 'caddy'],
    ['block advertising', 'advertising', 'adguardhome'],
    ['recipes for dinner', 'dinner', 'mealie'],
  ] as const) {
    const concepts = conceptsOf(product) ?? [];
    expect(
      ways(query, word).some((term) => concepts.includes(term)),
      query,
    ).toBe(true);
  }
});

test('two words are found as one, and particles with their verb', () => {
  expect(ways('pi hole', 'hole', ...termsOf('pihole'))).toContain(termsOf('pihole')[0]);
  expect(asked('where do I log in', index('login')).map(({ word }) => word)).toEqual(['login']);
});

test('a typo finds the word, but only where the word itself is missing', () => {
  expect(ways('jelyfin', 'jelyfin', 'jellyfin')).toContain('jellyfin');
  expect(ways('jellyfim', 'jellyfim', 'jellyfin', 'jellyfim')).not.toContain('jellyfin');
  expect(ways('cat', 'cat', 'car')).not.toContain('car');
  expect(ways('restore', 'restore', 'store')).not.toContain('store');
  expect(ways('passport', 'passport', 'password')).not.toContain('password');
});

test('question words do not count, unless there is nothing else', () => {
  expect(asked('where is the NAS', index()).map(({ word }) => word)).toEqual(['NAS']);
  expect(asked('who is who', index()).length).toBeGreaterThan(0);
  expect(asked('', index())).toEqual([]);
  expect(asked('??? !!!', index())).toEqual([]);
});

test('a thousand words are read up to a bound', () => {
  expect(asked(Array.from({ length: 1_000 }, (_, at) => `word${at}`).join(' '), index()).length).toBeLessThanOrEqual(32);
});

test.each([
  ['jellyfin', 'jelyfin', 1],
  ['traefik', 'treafik', 1],
  ['abc', 'abc', 0],
  ['kitten', 'sitting', 3],
  ['a', 'abcdef', 3],
])('%s and %s are %i apart', (a, b, distance) => {
  expect(Math.min(3, editDistance(a, b, 3))).toBe(distance);
});
