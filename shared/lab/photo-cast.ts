/** Somebody whose face the library knows; no name where nobody has given one. */
export interface Person {
  /** A word for it inside the lab. */
  key: string;
  name: string;
  birthDate?: string;
  hidden?: true;
}

/** The family, their friends, and first names that are two people. */
export const PEOPLE: readonly Person[] = [
  { key: 'anna', name: 'Anna Berger', birthDate: '1986-04-12' },
  { key: 'ben', name: 'Ben Berger', birthDate: '1984-09-30' },
  { key: 'mia', name: 'Mia Berger', birthDate: '2014-06-03' },
  { key: 'leo', name: 'Leo Berger', birthDate: '2018-02-21' },
  { key: 'helga', name: 'Helga Berger', birthDate: '1955-11-08' },
  { key: 'karl', name: 'Karl Berger', birthDate: '1952-01-17' },
  { key: 'anna-l', name: 'Anna Lindqvist' },
  { key: 'max', name: 'Max Winter' },
  { key: 'maxine', name: 'Maxine Roth' },
  { key: 'jose', name: 'José Álvarez' },
  { key: 'stranger', name: '' },
  { key: 'neighbour', name: 'Ute Neumann', hidden: true },
];

/** Accounts of the library; the first is its administrator. */
export const USERS = [
  { key: 'ben', name: 'Ben', email: 'ben@example.net', admin: true },
  { key: 'anna', name: 'Anna', email: 'anna@example.net', admin: false },
  { key: 'parents', name: 'Helga and Karl', email: 'parents@example.net', admin: false },
] as const;

/** Where a photo was taken, in the library's own spelling. */
export interface Place {
  city: string;
  state: string;
  country: string;
  latitude: number;
  longitude: number;
  zone: string;
}

const place = (city: string, state: string, country: string, latitude: number, longitude: number, zone: string): Place => ({
  city,
  state,
  country,
  latitude,
  longitude,
  zone,
});

/** Places by a word of the lab; Paris is two. */
export const PLACES = {
  home: place('Berlin', 'Berlin', 'Germany', 52.5163, 13.3777, 'Europe/Berlin'),
  lake: place('Tegernsee', 'Bavaria', 'Germany', 47.7134, 11.7581, 'Europe/Berlin'),
  munich: place('Munich', 'Bavaria', 'Germany', 48.1374, 11.5755, 'Europe/Berlin'),
  cologne: place('Köln', 'North Rhine-Westphalia', 'Germany', 50.9413, 6.9583, 'Europe/Berlin'),
  garda: place('Riva del Garda', 'Trentino-Alto Adige', 'Italy', 45.8858, 10.8412, 'Europe/Rome'),
  lisbon: place('Lisbon', 'Lisbon', 'Portugal', 38.7139, -9.1394, 'Europe/Lisbon'),
  paris: place('Paris', 'Île-de-France', 'France', 48.8584, 2.2945, 'Europe/Paris'),
  parisTexas: place('Paris', 'Texas', 'United States of America', 33.6609, -95.5555, 'America/Chicago'),
  newYork: place('New York City', 'New York', 'United States of America', 40.758, -73.9855, 'America/New_York'),
  tokyo: place('Tokyo', 'Tokyo', 'Japan', 35.6586, 139.7454, 'Asia/Tokyo'),
  vienna: place('Vienna', 'Vienna', 'Austria', 48.2082, 16.3738, 'Europe/Vienna'),
  copenhagen: place('Copenhagen', 'Capital Region', 'Denmark', 55.6761, 12.5683, 'Europe/Copenhagen'),
} as const satisfies Record<string, Place>;
export type PlaceKey = keyof typeof PLACES;

export const CAMERAS = {
  phone: { make: 'Google', model: 'Pixel 9', lens: 'Pixel 9 back camera', prefix: 'PXL_' },
  iphone: { make: 'Apple', model: 'iPhone 15', lens: 'iPhone 15 back dual camera', prefix: 'IMG_' },
  mirrorless: { make: 'FUJIFILM', model: 'X-T5', lens: 'XF18-55mmF2.8-4 R LM OIS', prefix: 'DSCF' },
  old: { make: 'Canon', model: 'PowerShot G9', lens: '7.4-44.4 mm', prefix: 'IMG_' },
} as const;
export type CameraKey = keyof typeof CAMERAS;
