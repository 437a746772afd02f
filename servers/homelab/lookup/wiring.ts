import { hostNode, ServiceGraph } from '@homelab/shared/inventory/graph.ts';
import { fold, type Inventory, type Located } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';

const graphs = new WeakMap<Inventory, ServiceGraph>();

/**
 * Who needs whom, with what contracts say beside `depends_on`: a share of another machine that is mounted (hard, on that host) and the
 * ingress of a domain (soft). The same graph for the same inventory.
 */
export function graphOf(inventory: Inventory): ServiceGraph {
  const known = graphs.get(inventory);
  if (known) return known;
  const hosts = hostsByHandle(inventory);
  const owners = new Map(inventory.services.map(({ value }) => [value.name, value.owner_node]));
  const graph = new ServiceGraph({ ...inventory, services: inventory.services.map((service) => withImplied(service, hosts, owners)) });
  graphs.set(inventory, graph);
  return graph;
}

/** The host a node stands for; undefined for a service. */
export function hostOfNode(node: string): string | undefined {
  return node.startsWith('host:') ? node.slice('host:'.length) : undefined;
}

function hostsByHandle({ hosts }: Inventory): Map<string, string> {
  return new Map(
    hosts.flatMap(({ value }) => [value.address, value.domain ?? value.name, value.name].map((text) => [fold(text), value.name])),
  );
}

function withImplied(service: Located<Service>, hosts: ReadonlyMap<string, string>, owners: ReadonlyMap<string, string>): Located<Service> {
  const { value } = service;
  const declared = new Set(value.depends_on.map((need) => need.service));
  const implied: Service['depends_on'] = [];
  for (const { kind: mount, source } of value.persistence) {
    const from = mount === 'cifs' || mount === 'nfs' ? /^(?:[a-z]+:)?[/\\]{2}([^/\\]+)|^([^/:]+):/.exec(source) : null;
    const host = hosts.get(fold(from?.[1] ?? from?.[2] ?? ''));
    if (!host || host === value.owner_node || declared.has(hostNode(host))) continue;
    // A declared need of a service there says the same and more.
    if (value.depends_on.some(({ service, kind }) => kind === 'hard' && owners.get(service) === host)) continue;
    implied.push({ service: hostNode(host), kind: 'hard', why: 'mounts a share of it' });
    declared.add(hostNode(host));
  }
  for (const { via } of value.exposure) {
    if (!via || via === value.name || declared.has(via)) continue;
    implied.push({ service: via, kind: 'soft', why: 'ingress' });
    declared.add(via);
  }
  return implied.length === 0 ? service : { ...service, value: { ...value, depends_on: [...value.depends_on, ...implied] } };
}
