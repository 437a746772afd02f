import type { Duplex } from 'node:stream';
import { HostFault } from '../host-fault.ts';
import type { HostSettings, TransportKind } from '../host-settings.ts';
import type { Channels } from '../ssh/channels.ts';
import type { OpenStream } from './channel-agent.ts';
import { type Ping, ping } from './ping.ts';
import { type Probe, probe } from './probe.ts';
import { type NoRoute, type Route, routesOf, whyRefused } from './routes.ts';

/** How an engine is reached, found by trying. */
export interface Way {
  kind: TransportKind;
  /** For people: `streamlocal /var/run/docker.sock`. */
  name: string;
  sessions: boolean;
  open: OpenStream;
  ping: Ping;
  /** Whether commands can be run there over SSH. */
  exec: Promise<boolean>;
  /** Ways before this one that did not go, best first. */
  refused: readonly NoRoute[];
}

const TRY_MS = 4_000;

/** Tries the host's ways in order until an engine answers. Rejects with a HostFault that names each way and why it did not go. */
export async function chooseWay(settings: HostSettings, channels: Channels, signal: AbortSignal): Promise<Way> {
  const opened = Promise.withResolvers<void>();
  const looking: Promise<Probe> = settings.ssh
    ? probe(channels, settings, signal, opened.resolve)
    : Promise.resolve({ kind: 'silent', sockets: [] });
  const exec = looking.then(
    ({ kind }) => settings.ssh !== undefined && kind !== 'restricted',
    () => settings.ssh !== undefined,
  );
  const early = settings.ssh?.shell === 'posix' && settings.socket !== undefined && settings.transports[0] === 'streamlocal';
  if (early) {
    // The look runs a shell, whose own files can take longer than all the rest: a socket that the owner named is tried meanwhile.
    await Promise.race([opened.promise, looking]);
    const route = plainRoute(settings, channels);
    const tried = await tryRoute(route, signal);
    if (!('why' in tried)) return { ...route, open: firstTaking(tried.stream, route.open), ping: tried, exec, refused: [] };
  }
  const seen = await looking;
  const refused: NoRoute[] = [];
  for (const kind of settings.transports) {
    if (kind === 'cli') {
      refused.push({ kind, why: 'reading over the command line is not offered' });
      continue;
    }
    const routes = routesOf(kind, settings, seen, channels);
    if (!Array.isArray(routes)) {
      refused.push(routes);
      continue;
    }
    for (const route of routes) {
      const tried = await tryRoute(route, signal);
      if ('why' in tried) refused.push(tried);
      else
        return {
          ...route,
          open: firstTaking(tried.stream, route.open),
          ping: tried,
          exec,
          refused,
        };
    }
  }
  throw noWay(settings.name, seen, refused);
}

function plainRoute(settings: HostSettings, channels: Channels): Route {
  const [route] = routesOf('streamlocal', settings, { kind: 'silent', sockets: [] }, channels) as [Route];
  return route;
}

async function tryRoute(route: Route, signal: AbortSignal): Promise<Ping | NoRoute> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TRY_MS)]);
  try {
    return await ping(await route.open(limit), limit);
  } catch (error) {
    if (signal.aborted || error instanceof HostFault) throw error;
    return { kind: route.kind, why: whyRefused(route, error) };
  }
}

/** Gives the stream that stands already, once; then opens others. */
function firstTaking(stream: Duplex | undefined, open: OpenStream): OpenStream {
  let spare = stream;
  return (signal) => {
    const taken = spare;
    spare = undefined;
    // It was paused after the ping, and stays so for whoever reads next unless told.
    taken?.resume();
    return taken && !taken.destroyed && taken.writable ? Promise.resolve(taken) : open(signal);
  };
}

function noWay(host: string, seen: Probe, refused: readonly NoRoute[]): HostFault {
  const told = refused.map(({ kind, why }) => `${kind}: ${why}`).join('; ');
  const shut = seen.sockets.some(({ open }) => !open);
  if (shut || refused.some(({ why }) => why === 'the user may not use the socket'))
    return new HostFault(host, 'socket_denied', `The user of ${host} may not use its Docker socket (${told}).`, {
      hint: 'Add the user to the group docker there, and let the next login begin.',
    });
  if (seen.kind === 'posix' && seen.sockets.length === 0 && !seen.docker)
    return new HostFault(host, 'no_docker', `No Docker was found on ${host} (${told}).`, {
      hint: 'Is it installed and running? docker.path and docker.socket in hosts.yaml name what is not in the usual places.',
    });
  return new HostFault(host, 'no_transport', `No way to the engine of ${host} is open (${told}).`, {
    hint: 'Allow one of them in sshd_config, or name another in docker.transport of hosts.yaml.',
  });
}
