import { HOUR, MINUTE, SECOND } from './clock.ts';
import { type DnsList, LISTS, NEW_LIST } from './dns-catalogue.ts';
import { FIGURES, type Story } from './incidents.ts';

/** Which of the two Pi-holes. */
export type Role = 'primary' | 'backup';

/** One session of Pi-hole's API; times in milliseconds. */
export interface Seat {
  id: number;
  /** What holds it, in the words of the inventory. */
  holder: 'homepage' | 'mcp-dns' | 'nebula-sync';
  loginAt: number;
  lastActive: number;
  validUntil: number;
  address: string;
  userAgent: string;
}

const SESSION = 30 * MINUTE;
/** The widget asks that often, and takes a new seat each time since its change. */
export const WIDGET_POLL = MINUTE;
const WIDGET = 'node-fetch/1.0 (+https://gethomepage.dev)';

/** Who holds a seat at an instant: on the primary 16 of 16 since the story's `seatsFull`. */
export function seatsAt(story: Story, role: Role, at: number): Seat[] {
  const beat = story.now - Math.ceil((story.now - at) / (30 * SECOND)) * 30 * SECOND;
  const own: Seat = seat(0, 'mcp-dns', story.beginning + HOUR, beat, '192.0.2.20', 'mcp-dns/0.1.0');
  if (role === 'backup') return [own];
  const poll = story.now - Math.ceil((story.now - at) / WIDGET_POLL) * WIDGET_POLL;
  if (at < story.widgetChange) return [own, seat(1, 'homepage', story.beginning + HOUR, poll, '192.0.2.10', WIDGET)];
  const seats = [own];
  for (let index = 1; index < FIGURES.seats; index += 1) {
    const first = story.seatsFull - (FIGURES.seats - 1 - index) * WIDGET_POLL;
    if (first > at) break;
    const login = first + Math.floor((at - first) / SESSION) * SESSION;
    seats.push(seat(index, 'homepage', login, login, '192.0.2.10', WIDGET));
  }
  return seats;
}

function seat(id: number, holder: Seat['holder'], loginAt: number, lastActive: number, address: string, userAgent: string): Seat {
  return { id, holder, loginAt, lastActive, validUntil: lastActive + SESSION, address, userAgent };
}

/** A list as one Pi-hole holds it at an instant. */
export type HeldList = Omit<DnsList, 'addedDaysAgo'> & { added: number; updated: number };

/** The lists that a Pi-hole holds: the backup lacks the one of yesterday. */
export function listsAt(story: Story, role: Role, at: number): HeldList[] {
  const updated = story.gravityOf(role, at);
  return LISTS.filter((list) => list.address !== NEW_LIST || (role === 'primary' && at >= story.listAdded)).map(
    ({ addedDaysAgo, ...list }) => ({
      ...list,
      added: addedDaysAgo === 'yesterday' ? story.listAdded : story.now - addedDaysAgo * 24 * HOUR,
      updated: list.address === NEW_LIST ? Math.max(updated, story.listAdded + 90 * SECOND) : updated,
    }),
  );
}

/** How many domains its gravity blocks. */
export function gravityDomains(story: Story, role: Role, at: number): number {
  return listsAt(story, role, at)
    .filter(({ type, enabled }) => type === 'block' && enabled)
    .reduce((sum, { domains }) => sum + domains, 0);
}
