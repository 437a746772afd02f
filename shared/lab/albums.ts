import type { Person } from './photo-cast.ts';
import type { Photo } from './photos.ts';
import { uuidOf } from './random.ts';

/** Photos that a person is on and that a person may see. */
export function photosWith(photos: readonly Photo[], person: Pick<Person, 'key'>): Photo[] {
  return photos.filter(({ people, trashed, visibility }) => people.includes(person.key) && !trashed && visibility === 'timeline');
}

/** An album and whom it is shared with. */
export interface Album {
  id: string;
  name: string;
  description: string;
  owner: 'ben' | 'anna';
  sharedWith: readonly string[];
  photoIds: readonly string[];
}

/** Albums of the library; two have the same name, which Immich allows. */
export function albumsOf(photos: readonly Photo[]): Album[] {
  const names = [...new Set(photos.flatMap(({ albums }) => albums))].sort();
  const made = names.map((name): Album => {
    const shared = ['Christmas', 'Birthdays', 'Lake summer'].includes(name) ? ['parents'] : [];
    return {
      id: uuidOf(`album ${name}`),
      name,
      description: '',
      owner: 'ben',
      sharedWith: shared,
      photoIds: photos.filter(({ albums, trashed }) => albums.includes(name) && !trashed).map(({ id }) => id),
    };
  });
  const second = photos.filter(({ caption }) => caption.includes('tram')).map(({ id }) => id);
  return [
    ...made,
    { id: uuidOf('album Lisbon again'), name: 'Lisbon', description: 'only trams', owner: 'anna', sharedWith: [], photoIds: second },
    { id: uuidOf('album empty'), name: 'To print', description: '', owner: 'anna', sharedWith: [], photoIds: [] },
  ];
}
