import type { CameraKey, PlaceKey } from './photo-cast.ts';

/** What can be seen, and who. A video has its length in seconds. */
export interface Scene {
  caption: string;
  people?: readonly string[];
  video?: number;
  /** Text that can be read in the picture. */
  text?: string;
}

/** Some days out: its photos are taken in turn from the scenes. */
export interface Outing {
  key: string;
  /** Local day on which it begins; of the latest such day before now, less `yearsAgo`. */
  month: number;
  day: number;
  yearsAgo: number;
  days: number;
  /** Local hours of the first and the last photo of a day. */
  hours: readonly [number, number];
  /** Absent where the photos have no position. */
  place?: PlaceKey;
  camera: CameraKey;
  count: number;
  album?: string;
  tags?: readonly string[];
  scenes: readonly Scene[];
}

/** An outing in one line: key, month-day, years ago, days, hours, place, camera, count. */
export const outing = (
  key: string,
  when: string,
  days: number,
  hours: readonly [number, number],
  place: PlaceKey | undefined,
  camera: CameraKey,
  count: number,
  scenes: readonly Scene[],
  more: Pick<Outing, 'album' | 'tags'> = {},
): Outing => {
  const [month = 1, day = 1, yearsAgo = 0] = when.split('-').map(Number);
  return { key, month, day, yearsAgo, days, hours, ...(place ? { place } : {}), camera, count, scenes, ...more };
};
/** A scene with people, or a video of that many seconds. */
export const see = (caption: string, people: readonly string[] = [], video?: number): Scene => ({
  caption,
  people,
  ...(video ? { video } : {}),
});
/** The four who live in the house. */
export const family = ['anna', 'ben', 'mia', 'leo'];

const text = (caption: string, words: string): Scene => ({ caption, text: words });

/** Pictures of papers and screens; they have no position. */
export const PAPERS: readonly Outing[] = [
  outing(
    'receipts',
    '3-4-0',
    200,
    [12, 19],
    undefined,
    'phone',
    8,
    [
      text('receipt of a supermarket', 'SUPERMARKET BERGMANN  milk 1.19  bread 2.80  TOTAL EUR 23.47'),
      text('receipt of a bicycle shop', 'RADHAUS  chain 24.90  labour 35.00  TOTAL EUR 59.90'),
      text('receipt of a restaurant', 'TRATTORIA DEL LAGO  2 pizza  1 vino  TOTALE EUR 41.50'),
      text('receipt of an electronics shop', 'ELEKTRO MAYER  SSD 2TB  TOTAL EUR 129.00  warranty 24 months'),
    ],
    { tags: ['papers/receipt'] },
  ),
  outing(
    'notes',
    '2-2-0',
    120,
    [9, 20],
    undefined,
    'phone',
    5,
    [
      text('whiteboard with a plan', 'kitchen plan: sink left, oven right'),
      text('timetable on a noticeboard', 'BUS 181  07:12  07:32  07:52'),
      text('label of the router', 'Wi-Fi router  admin page 192.0.2.1'),
    ],
    { tags: ['papers'] },
  ),
];

/** Screens of phones. */
export const SCREENS: readonly Outing[] = [
  outing('screenshots', '4-20-0', 190, [7, 23], undefined, 'phone', 10, [
    text('screenshot of a boarding pass', 'BOARDING PASS  BER LIS  gate B21'),
    text('screenshot of a map', 'to the campsite 12 min'),
    text('screenshot of a chat', 'see you at seven'),
    text('screenshot of a weather app', 'Sunday 24 degrees'),
  ]),
];
