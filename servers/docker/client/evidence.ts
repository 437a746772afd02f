import { hostNamed, servicesNamed } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import type { Missing } from './across-hosts.ts';
import type { Container } from './container.ts';
import type { ContainerDetails } from './container-details.ts';
import { type Death, deathsIn } from './deaths.ts';
import type { DockerHost } from './docker-host.ts';
import type { DockerEvent } from './events.ts';
import { contractOf, type Fleet } from './fleet.ts';
import { HostFault } from './host-fault.ts';
import type { LogLine } from './log-lines.ts';

/** A service that the asked one needs, by the inventory, and how its containers are; none for one that runs outside of Docker. */
export interface NeededService {
  name: string;
  host: string;
  kind: 'hard' | 'soft';
  containers: Container[];
  /** Its host did not answer: nothing is known of it. */
  unknown: boolean;
  /** It runs in Docker. */
  docker: boolean;
}

/** What the engines and the inventory tell of one container, for a verdict about it. */
export interface Evidence {
  container: ContainerDetails;
  /** Of this name in the last week, oldest first, as far back as the engine remembers. */
  events: DockerEvent[];
  /** The ends of the last day among them. */
  deaths: Death[];
  /** Before its last end where it ended, else the latest; oldest first. */
  lines: LogLine[];
  /** What `lines` are. */
  linesOf: 'before its end' | 'latest' | 'not readable';
  contract?: Service;
  needs: NeededService[];
  /** The engine no longer remembers its last start: ends before it may be missing. */
  forgetful: boolean;
  /** Parts that could not be asked for, one sentence each. */
  gaps: string[];
  at: Date;
}

const WEEK_MS = 7 * 86_400_000;
const BEFORE_END_MS = 600_000;

/** Looks at one container from every side at once. Throws only where the container itself cannot be read. */
export async function gatherEvidence(fleet: Fleet, host: DockerHost, id: string, { signal }: { signal: AbortSignal }): Promise<Evidence> {
  const call = { signal, deadlineMs: 8_000 };
  const container = await host.inspect(id, call);
  const contract = contractOf(fleet.inventory(), container);
  const at = new Date();
  const gaps: string[] = [];
  const orGap = async <Value>(work: Promise<Value>, what: string, empty: Value): Promise<Value> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof HostFault) || signal.aborted) throw error;
      gaps.push(`${what}: ${error.message}`);
      return empty;
    }
  };
  const events = orGap(
    host
      .events({ since: new Date(at.getTime() - WEEK_MS), kinds: ['container'], container: container.name }, call)
      .then((found) => found.events),
    'its events could not be read',
    [],
  );
  const needs = neededBy(fleet, contract, signal);
  const died = lastEnd(container, await events);
  const window = died
    ? { since: new Date(died.getTime() - BEFORE_END_MS), until: new Date(died.getTime() + 1_000), keep: 200 }
    : { tail: 60, keep: 60 };
  const part = await orGap(host.logs(container.id, window, call), 'its log could not be read', undefined);
  return {
    container,
    events: await events,
    deaths: deathsIn(await events).filter((death) => at.getTime() - death.at.getTime() <= WEEK_MS / 7),
    lines: part?.lines ?? [],
    linesOf: part ? (died ? 'before its end' : 'latest') : 'not readable',
    ...(contract && { contract }),
    needs: await needs,
    forgetful: forgets(container, await events, at),
    gaps,
    at,
  };
}

/** The last death that is worth a look: of one that is down, or of one that came back by itself. */
function lastEnd({ state, finishedAt, restarts }: ContainerDetails, events: readonly DockerEvent[]): Date | undefined {
  const death = events.findLast(({ action }) => action === 'die');
  if (state === 'running' || state === 'paused') return restarts > 0 ? (death?.at ?? finishedAt) : undefined;
  return finishedAt ?? death?.at;
}

function forgets({ startedAt }: ContainerDetails, events: readonly DockerEvent[], at: Date): boolean {
  if (!startedAt || at.getTime() - startedAt.getTime() > WEEK_MS) return false;
  return !events.some((event) => event.action === 'start' && Math.abs(event.at.getTime() - startedAt.getTime()) < 5_000);
}

async function neededBy({ docker, inventory }: Fleet, contract: Service | undefined, signal: AbortSignal): Promise<NeededService[]> {
  if (!contract || contract.depends_on.length === 0) return [];
  const known = inventory();
  const services = contract.depends_on.flatMap(({ service, kind }) => {
    const [found] = servicesNamed(known, service);
    return found ? [{ kind, value: found.value }] : [];
  });
  const engines = new Set(docker.hosts().map(({ name }) => name));
  const hosts = [...new Set(services.map(({ value }) => value.owner_node))].filter((name) => engines.has(name) && hostNamed(known, name));
  const { found, missing } = hosts.length > 0 ? await docker.across((one, call) => one.containers({}, call), { hosts, signal }) : nobody;
  const containers = found.flatMap(({ value }) => value);
  return services.map(({ kind, value: { name, owner_node: host, runtime } }) => ({
    name,
    host,
    kind,
    docker: runtime.type === 'compose',
    unknown: runtime.type === 'compose' && (missing.some((one) => one.host === host) || !hosts.includes(host)),
    containers: containers.filter((one) => one.host === host && runtime.services.some((part) => part === one.name || part === one.service)),
  }));
}

const nobody: { found: { host: string; value: Container[] }[]; missing: Missing[] } = { found: [], missing: [] };
