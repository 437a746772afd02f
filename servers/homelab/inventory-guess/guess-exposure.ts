import type { ComposeService } from '@homelab/shared/inventory/compose.ts';
import type { Place } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import type { Route } from './domains.ts';
import type { Draft } from './draft.ts';

type Exposure = Service['exposure'][number];

/** A domain with the contract of the proxy that carries it, where there is one. */
export type Carried = Route & { via?: string };

const WEB = new Set([
  80, 81, 591, 1880, 2283, 2342, 3000, 3001, 3010, 4000, 4533, 5000, 5001, 5055, 5230, 5678, 6767, 6789, 7575, 7878, 8000,
]);
const MOST_IN_RANGE = 20;

/** Writes ports and domains of a compose service into its draft. Returns what could not be written down, as sentences. */
export function guessExposure(to: Draft<Partial<Service>>, service: ComposeService, routes: readonly Carried[]): string[] {
  const exposure: Exposure[] = [];
  const notes: string[] = [];
  const add = (one: Exposure, place: Place, guesses: Record<string, string>): void => {
    const path = `exposure[${exposure.length}]`;
    const taken = exposure.some(({ name }) => name === one.name);
    exposure.push(taken ? { ...one, name: `${one.name}-${one.port ?? exposure.length}` } : one);
    to.places.set(path, place);
    for (const [field, why] of Object.entries(guesses)) to.guesses.set(`${path}.${field}`, why);
  };

  for (const { port, place } of service.ports) {
    if (port.published === undefined) {
      notes.push(`${place.file}:${place.line} publishes container port ${port.target} on a port that Docker picks`);
      continue;
    }
    if (port.count > MOST_IN_RANGE)
      notes.push(`${place.file}:${place.line} publishes ${port.count} ports; the first ${MOST_IN_RANGE} are written down`);
    for (let offset = 0; offset < Math.min(port.count, MOST_IN_RANGE); offset++) {
      const [on, inside] = [port.published + offset, port.target + offset];
      const protocol = protocolOf(port.protocol, inside);
      const guesses: Record<string, string> = {};
      if (protocol.startsWith('http')) guesses.protocol = 'from the number of the port';
      if (port.defaulted) guesses.port = 'the default of a variable';
      const local = port.address !== undefined && /^127\.|^::1$/.test(port.address);
      if (!local) guesses.scope = 'published on the host; a firewall or router may say otherwise';
      const one: Exposure = { name: nameOf(protocol, inside), container: service.name, port: on, protocol, scope: local ? 'host' : 'lan' };
      if (inside !== on) one.container_port = inside;
      if (port.address !== undefined) one.address = port.address;
      add(one, place, guesses);
    }
  }
  for (const { variables, place } of service.unresolved)
    notes.push(`${place.file}:${place.line} publishes a port that hangs on ${variables.join(', ')}`);
  for (const port of service.exposed) {
    if (exposure.some((one) => (one.container_port ?? one.port) === port)) continue;
    const protocol = protocolOf('tcp', port);
    add(
      { name: nameOf(protocol, port), container: service.name, port, protocol, scope: 'container' },
      service.at(['expose']),
      protocol === 'tcp' ? {} : { protocol: 'from the number of the port' },
    );
  }
  for (const route of routes) addRoute(exposure, route, service, to, add);
  to.value.exposure = exposure;
  return notes;
}

function addRoute(
  exposure: Exposure[],
  route: Carried,
  service: ComposeService,
  to: Draft<Partial<Service>>,
  add: (one: Exposure, place: Place, guesses: Record<string, string>) => void,
): void {
  const { domain, via, port, place } = route;
  const carried = { domain, ...(via ? { via } : {}) };
  const viaGuess: Record<string, string> = via ? { via: `the ${route.proxy} of this repository` } : {};
  const fits = (one: Exposure) =>
    one.protocol !== 'udp' && (port === undefined || (one.container_port ?? one.port) === port || one.port === port);
  const index = exposure.findIndex((one) => fits(one) && one.protocol.startsWith('http'));
  const at = index >= 0 ? index : exposure.findIndex(fits);
  const known = exposure[at];
  if (known && known.domain === undefined) {
    exposure[at] = { ...known, ...carried };
    to.places.set(`exposure[${at}].domain`, place);
    for (const [field, why] of Object.entries(viaGuess)) to.guesses.set(`exposure[${at}].${field}`, why);
    return;
  }
  const guesses = { ...viaGuess, protocol: 'behind a web proxy', scope: 'a domain; who can reach it stands in the proxy and in DNS' };
  if (known) add({ name: domain, route_of: known.name, protocol: 'https', scope: 'lan', ...carried }, place, guesses);
  else {
    const unknown: Record<string, string> =
      port === undefined ? { port: 'the proxy finds it by itself', protocol: 'behind a web proxy' } : { protocol: 'behind a web proxy' };
    add({ name: 'web', container: service.name, port: port ?? 80, protocol: 'http', ...carried, scope: 'container' }, place, {
      ...viaGuess,
      ...unknown,
    });
  }
}

function protocolOf(protocol: 'tcp' | 'udp', port: number): Exposure['protocol'] {
  if (protocol === 'udp') return 'udp';
  if (port === 443 || port === 8443 || port === 9443) return 'https';
  const web =
    WEB.has(port) || (port >= 8080 && port <= 8099) || (port >= 9090 && port <= 9099) || port === 8096 || port === 8123 || port === 8989;
  return web ? 'http' : 'tcp';
}

function nameOf(protocol: string, port: number): string {
  return protocol.startsWith('http') ? 'web' : `${protocol}-${port}`;
}
