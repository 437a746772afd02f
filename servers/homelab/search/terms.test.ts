import { expect, test } from 'vitest';
import { stem } from './stem.ts';
import { termsOf, wordsOf } from './terms.ts';

test('one product, however it is written', () => {
  expect(new Set(['Pi-hole', 'pi_hole', 'pihole', 'PiHole'].map((word) => termsOf(word)[0])).size).toBe(1);
});

test('a dotted or dashed name is found whole and by its parts', () => {
  expect(termsOf('ghcr.io/immich-app/immich-server:v2')).toEqual(
    expect.arrayContaining([stem('immichserver'), 'immich', stem('server'), 'v2']),
  );
  expect(termsOf('DB_PASSWORD')).toEqual(expect.arrayContaining(['dbpassword', 'db', 'password']));
});

test('addresses and versions stay whole', () => {
  expect(termsOf('192.168.1.10:8080')).toEqual(['192.168.1.10', '8080']);
  expect(termsOf('1.2.3')).toEqual(['1.2.3']);
});

test('words are folded and other scripts are kept', () => {
  expect(termsOf('Gerät')).toEqual(termsOf('gerat'));
  expect(wordsOf('網路 設定')).toEqual(['網路', '設定']);
  expect(wordsOf('')).toEqual([]);
});

test.each([
  ['restore', 'restoring', 'restored'],
  ['install', 'installation', 'installing'],
  ['configure', 'configuration', 'configured'],
  ['certificate', 'certificates'],
  ['backup', 'backups'],
  ['photo', 'photos'],
  ['add', 'adding', 'added'],
  ['note', 'notes'],
  ['query', 'queries'],
  ['encrypted', 'encryption'],
])('%s and its forms meet', (...forms) => {
  expect(new Set(forms.map(stem)).size).toBe(1);
});

test('a stem keeps short words and words that only look inflected', () => {
  expect(['dns', 'nas', 'ping', 'thing', 'bus', 'need'].map(stem)).toEqual(['dns', 'nas', 'ping', 'thing', 'bus', 'need']);
});

test('a very long word makes no very long term', () => {
  expect(termsOf('a'.repeat(5_000))).toEqual([]);
});
