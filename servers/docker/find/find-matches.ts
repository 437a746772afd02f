import { plain } from '@homelab/shared/render/plain.ts';
import type { Container } from '../client/container.ts';
import type { ContainerDetails } from '../client/container-details.ts';
import type { Image, Volume } from '../client/resources.ts';

/** Where something was found. */
export interface Match {
  host: string;
  /** A container, or an image or volume that no container uses. */
  what: string;
  /** Why it matches: `publishes 8096/tcp`. */
  why: string;
}

/** Whether a question can only be answered by looking into every container: an address, or a variable's name. */
export function needsDetails(query: string): boolean {
  return isAddress(query) || /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(query);
}

const isAddress = (query: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(query) || /^[0-9a-f]{0,4}:[0-9a-f:]+$/i.test(query);

/** What of a container matches, best reasons first. */
export function matchesOf(one: Container, query: string, details?: ContainerDetails): Match[] {
  const wanted = query.toLowerCase();
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  const port = /^:?(\d{1,5})(?:\/(tcp|udp))?$/.exec(query);
  const whys = [
    ...(port
      ? one.ports
          .filter((each) => [each.host, each.container].includes(Number(port[1])) && (!port[2] || each.protocol === port[2]))
          .map(portWhy)
      : []),
    ...(has(one.name) || one.id.startsWith(wanted) ? ['its name'] : []),
    ...(has(one.image) ? [`image ${plain(one.image, 120)}`] : []),
    ...one.mounts
      .filter(({ source, target }) => mountMatches(source, target, query))
      .map(({ source, target }) => `mounts ${plain(`${source} at ${target}`, 160)}`),
    ...one.networks.filter((name) => name.toLowerCase() === wanted).map((name) => `network ${plain(name, 80)}`),
    ...(one.project && one.project.toLowerCase() === wanted ? ['compose project'] : []),
    ...labelWhys(one.labels, query),
    ...(details ? detailWhys(details, query) : []),
  ];
  return [...new Set(whys)].slice(0, 3).map((why) => ({ host: one.host, what: plain(one.name, 80), why }));
}

/** Images of that name that no container was made from, and volumes that none mounts. */
export function unusedMatches(
  host: string,
  query: string,
  containers: readonly Container[],
  images: readonly Image[],
  volumes: readonly Volume[],
): Match[] {
  const wanted = query.toLowerCase();
  const used = new Set(containers.flatMap(({ imageId, image }) => [imageId, image]));
  const mounted = new Set(containers.flatMap(({ mounts }) => mounts.map(({ source }) => source)));
  return [
    ...images
      .filter(
        ({ id, tags }) => !used.has(id) && !tags.some((tag) => used.has(tag)) && tags.some((tag) => tag.toLowerCase().includes(wanted)),
      )
      .map(({ tags }) => ({ host, what: plain(tags[0] ?? '', 120), why: 'an image that no container uses' })),
    ...volumes
      .filter(({ name }) => !mounted.has(name) && name.toLowerCase().includes(wanted))
      .map(({ name }) => ({ host, what: plain(name, 100), why: 'a volume that no container mounts' })),
  ];
}

function portWhy({ host, container, protocol, address }: Container['ports'][number]): string {
  if (host === undefined) return `listens on ${container}/${protocol}, not published`;
  const bound = address && !['0.0.0.0', '::'].includes(address) ? `${plain(address, 50)}:` : '';
  return `publishes ${bound}${host}${host === container ? '' : ` (${container} inside)`}/${protocol}`;
}

/** A path matches what lies above and below it; anything else is a part of a name. */
function mountMatches(source: string, target: string, query: string): boolean {
  const path = query.replace(/\/+$/, '');
  if (query.startsWith('/') || /^[a-z]:[\\/]/i.test(query))
    return [source, target].some((one) => one === path || one.startsWith(`${path}/`) || (one.length > 1 && path.startsWith(`${one}/`)));
  return query.length > 2 && [source, target].some((one) => one.toLowerCase().includes(query.toLowerCase()));
}

function labelWhys(labels: Container['labels'], query: string): string[] {
  const [name = '', value] = query.split('=');
  if (value === undefined && !query.includes('.')) return [];
  return Object.entries(labels)
    .filter(([key, text]) => (value === undefined ? key === name : key === name && text === value))
    .map(([key, text]) => `label ${plain(`${key}=${text}`, 160)}`);
}

function detailWhys({ env, addresses }: ContainerDetails, query: string): string[] {
  return [
    ...env.filter(({ name }) => name === query).map(({ name }) => `has the variable ${plain(name, 80)}`),
    ...addresses.filter(({ address }) => address === query).map(({ network }) => `has this address in ${plain(network, 80)}`),
  ];
}
