import { addressNumber, cidrSpan, isWithin } from '@homelab/shared/inventory/address.ts';
import { fold, type Inventory, type Place } from '@homelab/shared/inventory/inventory.ts';
import { type Asked, askedOf } from './asked.ts';
import { closest } from './closest.ts';
import { byPath } from './find-path.ts';
import { type Handle, handlesOf, type Subject } from './handles.ts';
import { portMap } from './ports.ts';

/** A subject and what of the question led to it, such as `alias "pihole"`. */
export interface Match {
  subject: Subject;
  why: string[];
  /** Where the matching field stands, when that is not where the subject does. */
  at?: Place;
  /** Only shares something with what was asked for, such as the compose project. */
  aside?: true;
  /** Only has the word as a tag, role, alert or dashboard. */
  loose?: true;
}

/** What a question names; with no matches, what is near. */
export interface Finding {
  matches: Match[];
  /** Parts of the question that name nothing. */
  unmatched: string[];
  nearest: string[];
}

const ASIDE =
  /^(a|an|and|are|at|by|container|do|does|docker|for|has|have|host|image|in|is|it|its|lab|machine|me|my|of|on|our|run|running|runs|server|service|that|the|there|this|to|what|whats|where|which|who|whose|with|listens?|port|ip|address)$/i;
const LONGEST_NAME = 3;

/**
 * Finds what a name, address, `host:port`, domain, MAC address, container, image, path, or a sentence with one in it, stands for.
 * `near: false` spares the search for what is alike.
 */
export function find(inventory: Inventory, query: string, { near = true }: { near?: boolean } = {}): Finding {
  const handles = handlesOf(inventory);
  const asked = askedOf(query);
  const whole = exact(handles, query) ?? exact(handles, asked.text);
  if (whole && !asked.port) return { matches: whole, unmatched: [], nearest: [] };
  if (asked.port) {
    const found = byPort(inventory, handles, asked.port);
    if (found) return found;
  }
  if (whole) return { matches: whole, unmatched: [], nearest: [] };
  const path = asked.path === undefined ? [] : byPath(inventory, asked.path);
  if (path.length > 0) return { matches: path, unmatched: [], nearest: [] };
  const within = byNetwork(inventory, asked.text);
  if (within) return within;
  return byWords(handles, asked, near);
}

/** Subjects of a word: those it names; those that share it only where it names none. */
function exact(handles: ReadonlyMap<string, Handle[]>, text: string): Match[] | undefined {
  const found = handles.get(fold(text));
  if (!found || fold(text) === '') return undefined;
  const best = Math.min(...found.map(({ tier }) => tier));
  const taken =
    best <= 1 ? found.filter(({ tier }) => tier <= 2 && !(best === 0 && tier === 2)) : found.filter(({ tier }) => tier === best);
  const named = taken.filter(({ subject }) => subject.kind !== 'DNS record');
  return (named.length > 0 ? named : taken)
    .toSorted((a, b) => a.tier - b.tier || Number(a.why !== 'alias') - Number(b.why !== 'alias'))
    .map(({ subject, why, text: written, tier }) => ({
      subject,
      why: [why === 'name' ? why : `${why} ${written}`],
      ...(tier === 2 && best <= 1 && { aside: true as const }),
      ...(tier === 3 && { loose: true as const }),
    }));
}

function byPort(inventory: Inventory, handles: ReadonlyMap<string, Handle[]>, port: NonNullable<Asked['port']>): Finding | undefined {
  const uses = portMap(inventory).filter(
    ({ port: number, transport }) => number === port.number && transport === (port.transport ?? transport),
  );
  const asMatch = ({ service, host, name, place, transport }: (typeof uses)[number]): Match[] => {
    const located = inventory.services.find(({ value }) => value.name === service && value.owner_node === host);
    if (!located) return [];
    const subject: Subject = { kind: 'service', name: service, place: located.place };
    return [{ subject, why: [`port ${port.number}/${transport} (${name})`], at: place }];
  };
  if (port.host === undefined) {
    const matches = merged(uses.flatMap(asMatch));
    return matches.length > 0 ? { matches, unmatched: [], nearest: [] } : { matches: [], unmatched: [`port ${port.number}`], nearest: [] };
  }
  const named = exact(handles, port.host);
  if (!named) return undefined;
  const hosts = new Set(named.flatMap(({ subject }) => hostsOf(inventory, subject)));
  const services = new Set(named.filter(({ subject }) => subject.kind === 'service').map(({ subject }) => subject.name));
  const here = uses.filter(({ host, service }) => hosts.has(host) || services.has(service));
  if (here.length > 0) return { matches: merged(here.flatMap(asMatch)), unmatched: [], nearest: [] };
  return { matches: named, unmatched: [`port ${port.number}${port.transport ? `/${port.transport}` : ''}`], nearest: [] };
}

/** The machines that answer at a subject's address. */
function hostsOf({ vips }: Inventory, { kind, name }: Subject): string[] {
  if (kind === 'host') return [name];
  const vip = kind === 'shared address' ? vips.find(({ value }) => value.name === name) : undefined;
  return vip?.value.holders.map(({ host }) => host) ?? [];
}

function merged(matches: readonly Match[]): Match[] {
  const groups = Map.groupBy(matches, ({ subject }) => `${subject.kind} ${subject.name} ${subject.place.file}:${subject.place.line}`);
  return [...groups.values()].flatMap(([first, ...more]) =>
    first ? [{ ...first, why: [...new Set([first, ...more].flatMap(({ why }) => why))] }] : [],
  );
}

/** An address that nothing is known to have, in a network that is known. */
function byNetwork({ networks, network }: Inventory, text: string): Finding | undefined {
  const number = addressNumber(text);
  if (!number) return undefined;
  const matches = networks.flatMap(({ value, place }): Match[] => {
    const span = cidrSpan(value.cidr);
    if (!span || !isWithin(number, span)) return [];
    const leased = network?.value.dhcp?.ranges.some((range) => {
      const [from, to] = [addressNumber(range.from), addressNumber(range.to)];
      return from && to && isWithin(number, { family: from.family, first: from.value, last: to.value });
    });
    return [
      { subject: { kind: 'network', name: value.name, place }, why: [`${value.cidr} holds it${leased ? ', handed out by DHCP' : ''}`] },
    ];
  });
  return { matches, unmatched: [`${text} as an address of a host, device or shared address`], nearest: [] };
}

/** The names in a sentence, longest first; the other words are told, small ones aside. */
function byWords(handles: ReadonlyMap<string, Handle[]>, { text }: Asked, near: boolean): Finding {
  const words = text
    .split(/[\s,;?!"'()]+/u)
    .filter((word) => word !== '')
    .slice(0, 40);
  const matches: Match[] = [];
  const unmatched: string[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 0;
    for (let length = Math.min(words.length > 1 ? LONGEST_NAME : 0, words.length - at); length > 0 && taken === 0; length--) {
      const part = words.slice(at, at + length).join(' ');
      const found = length === 1 && ASIDE.test(part) ? undefined : (exact(handles, part) ?? exact(handles, askedOf(part).text));
      if (found) {
        matches.push(...found);
        taken = length;
      }
    }
    if (taken === 0 && !ASIDE.test(words[at] ?? '')) unmatched.push(words[at] ?? '');
    at += taken || 1;
  }
  if (matches.length > 0) return { matches: merged(matches), unmatched, nearest: [] };
  if (!near) return { matches: [], unmatched, nearest: [] };
  const names = [...handles.values()].flatMap((list) => list.filter(({ tier }) => tier <= 1));
  const alike = (unmatched.length > 0 ? unmatched : [text]).flatMap((word) =>
    closest(
      word,
      names.map((handle) => handle.text),
    ),
  );
  return { matches: [], unmatched: unmatched.length > 0 ? unmatched : [text], nearest: [...new Set(alike)].slice(0, 5) };
}
