import { DAY, HOUR, MINUTE, SECOND, zoneOffset } from './clock.ts';
import { FIGURES, type Story } from './incidents.ts';
import { CAMERAS, PLACES, type Place } from './photo-cast.ts';
import { HOME_DAYS } from './photo-home.ts';
import { type Outing, PAPERS, SCREENS, type Scene } from './photo-outings.ts';
import { TRIPS } from './photo-trips.ts';
import { between, hexOf, pick, roll, seedOf, uuidOf } from './random.ts';

export type PhotoVisibility = 'timeline' | 'archive' | 'hidden' | 'locked';

/** One photo or video of the library. */
export interface Photo {
  id: string;
  kind: 'photo' | 'video';
  fileName: string;
  mimeType: string;
  /** UTC, milliseconds. */
  takenAt: number;
  /** Wall time where it was taken, `2026-07-18T09:12:00`. */
  localTime: string;
  zone: string;
  place?: Place;
  camera?: { make: string; model: string; lens: string };
  /** Keys of people. */
  people: readonly string[];
  /** What can be seen, in words. */
  caption: string;
  /** Text that can be read in it. */
  text?: string;
  favourite: boolean;
  /** 1 to 5. */
  rating?: number;
  visibility: PhotoVisibility;
  trashed: boolean;
  /** Names of albums. */
  albums: readonly string[];
  tags: readonly string[];
  width: number;
  height: number;
  bytes: number;
  /** Of a video. */
  durationMs?: number;
  /** Photos with the same word look the same. */
  duplicates?: string;
  /** Base64 of 20 bytes; equal where the files are equal. */
  checksum: string;
  uploadedAt: number;
  /** Key of the account. */
  owner: 'ben' | 'anna';
  /** False where its thumbnail job waits. */
  thumbnail: boolean;
}

/** The library at `now`, oldest first. */
export function photosOf(story: Story): Photo[] {
  const taken = [...TRIPS, ...HOME_DAYS].flatMap((outing) => shoot(outing, story));
  const twins = copied(taken);
  const ordinary = taken.map((photo) => ({ ...photo, ...(twins.has(photo.id) ? { duplicates: twins.get(photo.id) as string } : {}) }));
  const papers = PAPERS.flatMap((outing) => shoot(outing, story, true));
  const screens = SCREENS.flatMap((outing) => shoot(outing, story, true)).map(asScreenshot);
  const all = [...ordinary.map(withCare), ...papers, ...screens, ...copies(ordinary), ...apart(taken), ...recent(story)];
  return all.sort((a, b) => a.takenAt - b.takenAt || a.id.localeCompare(b.id));
}

function shoot(outing: Outing, story: Story, spread = false): Photo[] {
  const place = outing.place ? PLACES[outing.place] : undefined;
  const zone = place?.zone ?? PLACES.home.zone;
  const perDay = Math.ceil(outing.count / outing.days);
  return Array.from({ length: outing.count }, (_, index) => {
    const seed = seedOf(`${outing.key} ${story.seed}`);
    const day = spread ? Math.floor((index * outing.days) / outing.count) : Math.floor(index / perDay);
    const part = ((index % perDay) + 0.15 + 0.7 * roll(seed, index)) / perDay;
    const hour = outing.hours[0] + (outing.hours[1] - outing.hours[0]) * part;
    const wall = latestDay(outing, story) + day * DAY + Math.round(hour * 3600) * SECOND;
    return photoOf(outing, outing.scenes[index % outing.scenes.length] as Scene, wall, zone, place, seed, index);
  });
}

function photoOf(outing: Outing, scene: Scene, wall: number, zone: string, place: Place | undefined, seed: number, index: number): Photo {
  const { prefix, ...camera } = CAMERAS[outing.camera];
  const local = new Date(wall).toISOString().slice(0, 19);
  const takenAt = wall - zoneOffset(zone, wall);
  const upright = roll(seed + 1, index) < 0.35;
  const [width, height] = upright ? [3000, 4000] : [4000, 3000];
  const video = scene.video !== undefined;
  const name =
    outing.camera === 'mirrorless'
      ? `${prefix}${String(1000 + ((seed + index) % 8999))}`
      : `${prefix}${local.replace(/[-:]/g, '').replace('T', '_')}`;
  const near = (degree: number, face: number): number => Number((degree + (roll(seed + face, index) - 0.5) * 0.02).toFixed(5));
  return {
    id: uuidOf(`${outing.key} ${index}`),
    kind: video ? 'video' : 'photo',
    fileName: `${name}.${video ? 'mp4' : 'jpg'}`,
    mimeType: video ? 'video/mp4' : 'image/jpeg',
    takenAt,
    localTime: local,
    zone,
    ...(place ? { place: { ...place, latitude: near(place.latitude, 2), longitude: near(place.longitude, 3) } } : {}),
    camera,
    people: scene.people ?? [],
    caption: scene.caption,
    ...(scene.text ? { text: scene.text } : {}),
    favourite: false,
    visibility: 'timeline',
    trashed: false,
    albums: outing.album ? [outing.album] : [],
    tags: outing.tags ?? [],
    width: video ? 1920 : width,
    height: video ? 1080 : height,
    bytes: video ? (scene.video as number) * 2_400_000 : between(2_100_000, 9_800_000, seed + 4, index),
    ...(video ? { durationMs: (scene.video as number) * 1000 + between(0, 900, seed + 5, index) } : {}),
    checksum: checksum(`${outing.key} ${index}`),
    uploadedAt: takenAt + between(2, 30, seed + 6, index) * HOUR,
    owner: outing.camera === 'iphone' ? 'anna' : 'ben',
    thumbnail: true,
  };
}

/** Midnight, written as UTC, of the latest such day at least three days before now, less some years. */
function latestDay(outing: Outing, story: Story): number {
  const year = new Date(story.now).getUTCFullYear();
  const latest = [year, year - 1].find((one) => Date.UTC(one, outing.month - 1, outing.day + outing.days) < story.now - 3 * DAY);
  return Date.UTC((latest ?? year - 1) - outing.yearsAgo, outing.month - 1, outing.day);
}

/** Some are favourites, some have stars. */
function withCare(photo: Photo): Photo {
  const seed = seedOf(photo.id);
  const rating = roll(seed, 1) < 0.2 ? between(2, 5, seed, 2) : undefined;
  return { ...photo, favourite: roll(seed, 3) < 0.12, ...(rating ? { rating } : {}) };
}

function asScreenshot(photo: Photo): Photo {
  const { camera: _, ...rest } = photo;
  const stamp = photo.localTime.replace(/[-:]/g, '').replace('T', '-');
  return {
    ...rest,
    fileName: `Screenshot_${stamp}.png`,
    mimeType: 'image/png',
    width: 1080,
    height: 2400,
    bytes: Math.round(photo.bytes / 9),
  };
}

/** Photos of which there are copies, with the word of their group. */
function copied(photos: readonly Photo[]): Map<string, string> {
  const placed = photos.filter(({ kind, place }) => kind === 'photo' && place);
  return new Map([2, 30, 61].map((index, group) => [placed[index]?.id ?? '', uuidOf(`duplicates ${group}`)]));
}

/** Three groups of duplicates: sent back by a messenger, edited, and both. */
function copies(photos: readonly Photo[]): Photo[] {
  const originals = photos.filter(({ duplicates }) => duplicates !== undefined);
  return originals.flatMap((photo, group) => {
    const shared = { ...photo, favourite: false, albums: [] };
    const smaller = {
      ...shared,
      id: uuidOf(`small ${photo.id}`),
      fileName: `IMG-${photo.localTime.slice(0, 10).replace(/-/g, '')}-WA000${group}.jpg`,
      width: 1600,
      height: 1200,
      bytes: 310_000 + group,
      checksum: checksum(`small ${photo.id}`),
    };
    if (group === 0) return [smaller];
    const edited = {
      ...shared,
      id: uuidOf(`edited ${photo.id}`),
      fileName: photo.fileName.replace('.jpg', '~2.jpg'),
      checksum: checksum(`edited ${photo.id}`),
    };
    return group === 1 ? [edited] : [smaller, edited];
  });
}

/** What is not on the timeline: archived, hidden, locked and thrown away. */
function apart(photos: readonly Photo[]): Photo[] {
  const some = (key: string, count: number, change: Partial<Photo>): Photo[] =>
    Array.from({ length: count }, (_, index) => {
      const like = pick(photos, seedOf(key), index);
      const id = uuidOf(`${key} ${index}`);
      return {
        ...like,
        id,
        fileName: `${key}-${index}.${like.kind === 'video' ? 'mp4' : 'jpg'}`,
        albums: [],
        checksum: checksum(id),
        takenAt: like.takenAt + MINUTE,
        localTime: new Date(like.takenAt + MINUTE + zoneOffset(like.zone, like.takenAt)).toISOString().slice(0, 19),
        ...change,
      };
    });
  return [
    ...some('archived', 8, { visibility: 'archive' }),
    ...some('hidden', 3, { visibility: 'hidden' }),
    ...some('locked', 3, { visibility: 'locked', people: [], caption: 'passport on a table' }),
    ...some('thrown-away', 5, { trashed: true }),
  ];
}

/** What came in during the last hours and has no thumbnail yet. */
function recent(story: Story): Photo[] {
  const outing: Outing = {
    key: 'recent',
    month: 1,
    day: 1,
    yearsAgo: 0,
    days: 1,
    hours: [0, 1],
    place: 'home',
    camera: 'phone',
    count: FIGURES.thumbnailsFailed,
    scenes: [
      { caption: 'Leo in the leaves', people: ['leo'] },
      { caption: 'street in the evening' },
      { caption: 'Anna with a bicycle', people: ['anna'] },
    ],
  };
  const offset = zoneOffset(PLACES.home.zone, story.now);
  return Array.from({ length: outing.count }, (_, index) => {
    const wall = story.now + offset - 6 * HOUR - index * 4 * MINUTE;
    const photo = photoOf(
      outing,
      outing.scenes[index % 3] as Scene,
      Math.floor(wall / SECOND) * SECOND,
      PLACES.home.zone,
      PLACES.home,
      seedOf(`recent ${story.seed}`),
      index,
    );
    return { ...photo, uploadedAt: story.thumbnailsFail.from + index * 29 * SECOND, thumbnail: false };
  });
}

function checksum(text: string): string {
  return Buffer.from(hexOf(`checksum ${text}`, 40), 'hex').toString('base64');
}
