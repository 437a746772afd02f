import { posix } from 'node:path';
import { type ComposeFile, type ComposeService, imageName } from '@homelab/shared/inventory/compose.ts';
import { fold } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import type { SourceFile } from '../client/document.ts';
import { caddySites, labelRoutes } from './domains.ts';
import { type Draft, draft, entityName, freeName } from './draft.ts';
import { type Carried, guessExposure } from './guess-exposure.ts';
import { guessPersistence } from './guess-persistence.ts';
import type { Owner } from './owner.ts';

/** What is needed beside the compose files. */
export interface ServiceClues {
  files: readonly SourceFile[];
  ownerOf: (stack: string, services: readonly string[]) => Owner;
  /** What a product is for, in a few words. */
  describe: (product: string) => string | undefined;
}

interface Found {
  stack: ComposeFile;
  project: string;
  service: ComposeService;
  name: string;
}

// Names that say what a thing is, not whose: they get the stack's name before them.
const GENERIC =
  /^(app|api|backend|frontend|web|server|worker|db|database|postgres(ql)?|mysql|mariadb|mongo(db)?|redis|valkey|cache|nginx|proxy|cron|init|vpn)$/;

/** A draft of one contract for each service of the compose files. Returns beside them what could not be written down. */
export function guessServices(
  stacks: readonly ComposeFile[],
  clues: ServiceClues,
): { services: Draft<Partial<Service>>[]; notes: string[] } {
  const all = named(stacks);
  const notes: string[] = [];
  const proxies = { traefik: proxyNamed(all, 'traefik'), caddy: proxyNamed(all, 'caddy') };
  const sites = caddySites(clues.files);
  const services = all.map((one) => {
    const { stack, project, service, name } = one;
    const to = draft<Partial<Service>>({ name }, service.place);
    const owner = clues.ownerOf(stack.file, [service.name]);
    to.value.owner_node = owner.host;
    to.guesses.set('owner_node', owner.why);
    describe(to, one, clues.describe);
    const aliases = [service.name, service.containerName ?? ''].filter((alias) => alias !== '' && fold(alias) !== fold(name));
    if (aliases.length > 0) to.value.aliases = [...new Set(aliases)];
    to.value.runtime = {
      type: 'compose',
      project,
      file: stack.file,
      services: [service.name],
      images: service.image ? [imageName(service.image)] : [],
    };
    const own = (upstream: string, port: number | undefined) =>
      [service.name, service.containerName, name].includes(upstream) ||
      (port !== undefined && fold(upstream) === fold(owner.host) && service.ports.some((entry) => entry.port.published === port));
    const routes: Carried[] = [
      ...labelRoutes(service).map((route) => ({ ...route, ...via(proxies[route.proxy], name) })),
      ...sites
        .filter((site) => own(site.upstream, site.port))
        .map((site) => ({ ...site, proxy: 'caddy' as const, ...via(proxies.caddy, name) })),
    ];
    notes.push(...guessExposure(to, service, routes));
    addNeeds(to, one, all);
    to.value.healthcheck = service.healthcheck
      ? { type: 'docker', container: service.name }
      : { type: 'none', reason: 'not written down yet' };
    if (!service.healthcheck) to.guesses.set('healthcheck', 'the compose file has none, the image may');
    to.value.restart_policy = restartOf(service.restart);
    guessPersistence(to, service);
    addRest(to, service);
    if (service.partial)
      notes.push(`${stack.file}:${service.place.line} takes parts of ${service.name} from another file; they are not in its contract`);
    return to;
  });
  return { services, notes };
}

function named(stacks: readonly ComposeFile[]): Found[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  for (const { services } of stacks) for (const { name } of services) counts.set(name, (counts.get(name) ?? 0) + 1);
  return stacks.flatMap((stack) => {
    const project = stack.project ?? (posix.basename(posix.dirname(stack.file)).replace(/^\.$/, 'homelab').toLowerCase() || 'homelab');
    return stack.services.map((service) => {
      const shared = GENERIC.test(service.name) || (counts.get(service.name) ?? 0) > 1;
      const name = freeName(entityName(shared && project !== service.name ? `${project}-${service.name}` : service.name), taken);
      taken.add(name);
      return { stack, project, service, name };
    });
  });
}

function describe(to: Draft<Partial<Service>>, { project, service }: Found, about: ServiceClues['describe']): void {
  const said = service.labels.get('homepage.description') ?? service.labels.get('org.opencontainers.image.description');
  if (said) {
    to.value.description = said;
    return;
  }
  const parts = imageName(service.image ?? '').split('/');
  const what = [service.name, parts.at(-1) ?? '', parts.at(-2) ?? ''].map(about).find((words) => words !== undefined);
  to.value.description = what ? `${service.name}: ${what}` : `${service.name} of the stack ${project}`;
  to.guesses.set('description', what ? 'what this product is usually for' : 'nothing says what it is for');
}

function addNeeds(to: Draft<Partial<Service>>, { stack, service }: Found, all: readonly Found[]): void {
  const needs = service.dependsOn.flatMap(({ name, place }) => {
    const other = all.find((one) => one.stack === stack && one.service.name === name);
    return other ? [{ name: other.name, place }] : [];
  });
  to.value.depends_on = needs.map(({ name }) => ({ service: name, kind: 'hard' as const }));
  needs.forEach(({ place }, index) => {
    to.places.set(`depends_on[${index}]`, place);
    to.guesses.set(`depends_on[${index}].kind`, 'compose says only what is started first');
  });
}

function addRest(to: Draft<Partial<Service>>, service: ComposeService): void {
  if (service.memory) to.value.limits = { memory: service.memory };
  const network = service.networkMode === 'host' ? { network_mode: 'host' } : {};
  const more = {
    ...network,
    ...(service.privileged ? { privileged: true } : {}),
    ...(service.capAdd.length > 0 ? { cap_add: service.capAdd } : {}),
  };
  if (Object.keys(more).length > 0) to.value.privileges = more;
  if (service.secrets.length > 0) to.value.secrets = service.secrets.map((name) => ({ name, from: `compose:${name}` }));
}

function proxyNamed(all: readonly Found[], product: string): string | undefined {
  return all.find(({ service }) =>
    imageName(service.image ?? '')
      .split('/')
      .some((part) => part.includes(product)),
  )?.name;
}

function via(proxy: string | undefined, name: string): { via?: string } {
  return proxy === undefined || proxy === name ? {} : { via: proxy };
}

function restartOf(restart: string | undefined): Service['restart_policy'] {
  const policy = (restart ?? 'no').replace(/:.*$/, '');
  return policy === 'always' || policy === 'unless-stopped' || policy === 'on-failure' ? policy : 'no';
}
