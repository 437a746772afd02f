import type { Inventory, Place } from '@homelab/shared/inventory/inventory.ts';
import { nearest } from '@homelab/shared/render/nearest.ts';
import { type Code, type Finding, finding } from './finding.ts';
import type { Prepared } from './subject.ts';

/** A name that must be one of a list, or a path that must be there. */
interface Reference {
  code: Code;
  what: string;
  name: string | null | undefined;
  place: Place;
}

const KNOWN: Partial<Record<Code, (inventory: Inventory) => readonly string[]>> = {
  'dangling-host': ({ hosts }) => hosts.map(({ value }) => value.name),
  'dangling-service': ({ services }) => services.map(({ value }) => value.name),
  'dangling-via': ({ services }) => services.map(({ value }) => value.name),
  'dangling-network': ({ networks }) => networks.map(({ value }) => value.name),
  'dangling-backup': ({ backups }) => backups.map(({ value }) => value.name),
};

/** Every name and path in the inventory that leads nowhere. */
export function danglingReferences(subject: Prepared): Finding[] {
  const names = new Map<Code, ReadonlySet<string>>();
  for (const [code, known] of Object.entries(KNOWN)) names.set(code as Code, new Set(known(subject.inventory)));
  return [...ofServices(subject), ...ofHosts(subject.inventory), ...ofBackups(subject.inventory), ...ofNetwork(subject.inventory)].flatMap(
    ({ code, what, name, place }) => {
      if (name === null || name === undefined) return [];
      const known = names.get(code);
      if (known ? known.has(name) || subject.unread.has(name) : subject.exists(name)) return [];
      const candidates = known ?? subject.files.map(({ path }) => path);
      const near = nearest(name, candidates);
      return [
        finding(code, place, `${what} ${name} does not exist`, near ? `Did you mean ${near}?` : 'Write it down or take the reference out.'),
      ];
    },
  );
}

function ofServices({ inventory }: Prepared): Reference[] {
  return inventory.services.flatMap(({ value: service, at }) => {
    const found: Reference[] = [{ code: 'dangling-host', what: 'owner_node', name: service.owner_node, place: at(['owner_node']) }];
    service.depends_on.forEach((need, index) => {
      found.push({ code: 'dangling-service', what: 'depends_on', name: need.service, place: at(['depends_on', index, 'service']) });
    });
    service.exposure.forEach((one, index) => {
      found.push({ code: 'dangling-via', what: 'via', name: one.via, place: at(['exposure', index, 'via']) });
    });
    service.persistence.forEach((one, index) => {
      found.push({ code: 'dangling-backup', what: 'backup', name: one.backup, place: at(['persistence', index, 'backup']) });
    });
    return [...found, ...documents(service, at)];
  });
}

/** Exposures and containers that a contract names but does not have. */
export function innerReferences({ inventory }: Prepared): Finding[] {
  return inventory.services.flatMap(({ value: service, at }) => {
    const found: Finding[] = [];
    const containers = service.runtime.services;
    const container = (name: string | undefined, path: PropertyKey[]): void => {
      if (name === undefined || containers.length === 0 || containers.includes(name)) return;
      found.push(
        finding(
          'dangling-container',
          at(path),
          `the container ${name} is none of runtime.services`,
          `Name one of ${containers.join(', ')}.`,
        ),
      );
    };
    service.exposure.forEach((one, index) => {
      container(one.container, ['exposure', index, 'container']);
      if (one.route_of === undefined || service.exposure.some(({ name, route_of }) => name === one.route_of && route_of === undefined))
        return;
      found.push(
        finding(
          'dangling-route',
          at(['exposure', index, 'route_of']),
          `route_of ${one.route_of} is no exposure of ${service.name}`,
          'Name an exposure with a port.',
        ),
      );
    });
    service.persistence.forEach((one, index) => {
      container(one.container, ['persistence', index, 'container']);
    });
    service.ops.checks.forEach((one, index) => {
      container(one.container, ['ops', 'checks', index, 'container']);
    });
    if (service.healthcheck.type === 'docker') container(service.healthcheck.container, ['healthcheck', 'container']);
    return found;
  });
}

function documents(
  value: { docs: readonly string[]; runbooks: readonly string[] },
  at: (path: readonly PropertyKey[]) => Place,
): Reference[] {
  return [
    ...value.docs.map((name, index) => ({ code: 'dangling-document' as const, what: 'the document', name, place: at(['docs', index]) })),
    ...value.runbooks.map((name, index) => ({
      code: 'dangling-runbook' as const,
      what: 'the runbook',
      name,
      place: at(['runbooks', index]),
    })),
  ];
}

function ofHosts({ hosts }: Inventory): Reference[] {
  return hosts.flatMap(({ value: host, at }) => [
    { code: 'dangling-network', what: 'network', name: host.network, place: at(['network']) },
    { code: 'dangling-host', what: 'jump', name: host.ssh === 'none' ? undefined : host.ssh.jump, place: at(['ssh', 'jump']) },
    ...documents(host, at),
  ]);
}

function ofBackups({ backups }: Inventory): Reference[] {
  return backups.flatMap(({ value: { source, target, offsite, runbook }, at }) => [
    { code: 'dangling-host', what: 'source', name: source.host, place: at(['source', 'host']) },
    { code: 'dangling-host', what: 'staged_on', name: source.staged_on, place: at(['source', 'staged_on']) },
    { code: 'dangling-host', what: 'target', name: target.host, place: at(['target', 'host']) },
    { code: 'dangling-backup', what: 'offsite', name: offsite, place: at(['offsite']) },
    { code: 'dangling-runbook', what: 'the runbook', name: runbook, place: at(['runbook']) },
    ...source.services.map((name, index) => ({
      code: 'dangling-service' as const,
      what: 'the service',
      name,
      place: at(['source', 'services', index]),
    })),
    ...source.jobs.map((name, index) => ({
      code: 'dangling-backup' as const,
      what: 'the job',
      name,
      place: at(['source', 'jobs', index]),
    })),
  ]);
}

function ofNetwork({ vips, network }: Inventory): Reference[] {
  const found: Reference[] = vips.flatMap(({ value: vip, at }) => [
    { code: 'dangling-network', what: 'network', name: vip.network, place: at(['network']) },
    ...vip.holders.flatMap(({ host, service }, index): Reference[] => [
      { code: 'dangling-host', what: 'the holder', name: host, place: at(['holders', index, 'host']) },
      { code: 'dangling-service', what: "the holder's service", name: service, place: at(['holders', index, 'service']) },
    ]),
    ...vip.serves.map((name, index) => ({ code: 'dangling-service' as const, what: 'the service', name, place: at(['serves', index]) })),
    ...documents(vip, at),
  ]);
  if (!network) return found;
  const { value, at } = network;
  const service = (what: string, name: string | undefined, path: PropertyKey[]): void => {
    found.push({ code: 'dangling-service', what, name, place: at(path) });
  };
  service('sync', value.dns?.sync, ['dns', 'sync']);
  value.dns?.resolvers.forEach((one, index) => {
    service('the resolver', one.service, ['dns', 'resolvers', index, 'service']);
  });
  value.dns?.zones.forEach((one, index) => {
    service('served_by', one.served_by, ['dns', 'zones', index, 'served_by']);
    service('certificates', one.certificates, ['dns', 'zones', index, 'certificates']);
  });
  const net = (name: string | undefined, path: PropertyKey[]): void => {
    found.push({ code: 'dangling-network', what: 'network', name, place: at(path) });
  };
  value.dhcp?.ranges.forEach((one, index) => {
    net(one.network, ['dhcp', 'ranges', index, 'network']);
  });
  value.dhcp?.reservations.forEach((one, index) => {
    net(one.network, ['dhcp', 'reservations', index, 'network']);
    found.push({ code: 'dangling-host', what: 'the host', name: one.host, place: at(['dhcp', 'reservations', index, 'host']) });
  });
  value.devices.forEach((one, index) => {
    net(one.network, ['devices', index, 'network']);
  });
  return found;
}
