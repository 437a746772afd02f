import { expect, test } from 'vitest';
import { photosWith } from './albums.ts';
import { DAY } from './clock.ts';
import { labAt, MOMENTS } from './lab-at.ts';
import { PEOPLE } from './photo-cast.ts';

const { library, now } = labAt();
const { photos, albums } = library;
const where = (test: (photo: (typeof photos)[number]) => boolean) => photos.filter(test);

test.each(MOMENTS)('about 300 photos, none from the future, each with its own id (%s)', (moment) => {
  const there = labAt(moment);
  expect(there.library.photos.length).toBeGreaterThan(280);
  expect(there.library.photos.length).toBeLessThan(360);
  expect(new Set(there.library.photos.map(({ id }) => id)).size).toBe(there.library.photos.length);
  for (const photo of there.library.photos)
    expect([photo.fileName, photo.takenAt < there.now && photo.takenAt > 0]).toEqual([photo.fileName, true]);
});

test('midnight of New Year’s Eve in New York lies on two local days and one day in UTC', () => {
  const party = where(({ caption, place }) => place?.city === 'New York City' && /midnight|fireworks/.test(caption));
  expect(new Set(party.map(({ localTime }) => localTime.slice(0, 10))).size).toBe(2);
  expect(new Set(party.map(({ takenAt }) => new Date(takenAt).toISOString().slice(0, 10))).size).toBe(1);
  expect(party.every(({ zone }) => zone === 'America/New_York')).toBe(true);
});

test('Paris is in two countries, and two first names are two people', () => {
  expect(new Set(where(({ place }) => place?.city === 'Paris').map(({ place }) => place?.country))).toEqual(
    new Set(['France', 'United States of America']),
  );
  expect(PEOPLE.filter(({ name }) => name.startsWith('Anna')).length).toBe(2);
  expect(PEOPLE.filter(({ name }) => name.startsWith('Max')).length).toBe(2);
  for (const person of PEOPLE.filter(({ hidden }) => !hidden))
    expect([person.name, photosWith(photos, person).length > 0]).toEqual([person.name, true]);
});

test('there is one of everything that people ask for', () => {
  expect(where(({ caption, people }) => people.includes('anna') && caption.includes('lake')).length).toBeGreaterThan(3);
  expect(where(({ people }) => people.includes('anna') && people.includes('ben')).length).toBeGreaterThan(5);
  expect(where(({ durationMs }) => (durationMs ?? 0) > 60_000).length).toBeGreaterThan(4);
  expect(where(({ fileName }) => fileName.startsWith('Screenshot_')).length).toBe(10);
  expect(where(({ text }) => text?.includes('TOTAL') ?? false).length).toBeGreaterThan(3);
  expect(where(({ visibility }) => visibility === 'hidden').length).toBe(3);
  expect(where(({ visibility }) => visibility === 'locked').length).toBe(3);
  expect(where(({ visibility }) => visibility === 'archive').length).toBe(8);
  expect(where(({ trashed }) => trashed).length).toBe(5);
  expect(where(({ favourite }) => favourite).length).toBeGreaterThan(10);
  expect(where(({ rating }) => rating === 5).length).toBeGreaterThan(2);
  expect(where(({ albums: of, visibility, trashed }) => of.length === 0 && visibility === 'timeline' && !trashed).length).toBeGreaterThan(
    30,
  );
  expect(where(({ takenAt }) => takenAt < now - 15 * 365 * DAY).length).toBeGreaterThanOrEqual(6);
  const groups = Map.groupBy(
    where(({ duplicates }) => duplicates !== undefined),
    ({ duplicates }) => duplicates,
  );
  expect([...groups.values()].map(({ length }) => length).sort()).toEqual([2, 2, 3]);
});

test('the last 37 have no thumbnail, and those are the jobs that failed', () => {
  const without = where(({ thumbnail }) => !thumbnail).map(({ id }) => id);
  expect(without).toHaveLength(37);
  expect(new Set(library.failedJobs().map(({ assetId }) => assetId))).toEqual(new Set(without));
});

test('albums hold photos that exist; one name is used twice, one album is empty', () => {
  const ids = new Set(photos.map(({ id }) => id));
  for (const { photoIds } of albums) for (const id of photoIds) expect(ids.has(id)).toBe(true);
  expect(albums.filter(({ name }) => name === 'Lisbon')).toHaveLength(2);
  expect(albums.filter(({ photoIds }) => photoIds.length === 0)).toHaveLength(1);
});
