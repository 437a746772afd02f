import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import { loadInventory } from '@homelab/shared/inventory/load.ts';
import { inventoryFolder } from '@homelab/shared/testing/inventory-folder.ts';
import type { ActualContainer, ActualHost } from '../drift/actual.ts';
import { asDeployed } from '../drift/as-deployed.ts';
import { type Comparison, drift } from '../drift/drift.ts';
import type { Drift } from '../drift/finding.ts';

const contract = (name: string, host: string, project: string, more: string): string => `apiVersion: homelab/v1
kind: Service
name: ${name}
description: Made for a test
owner_node: ${host}
runtime: { type: compose, project: ${project}, file: compose/${host}/${project}/compose.yaml, services: [${name}], images: [example/${name}] }
depends_on: []
restart_policy: unless-stopped
${more}`;

const INVENTORY: Record<string, string> = {
  'infrastructure/hosts.yaml': `apiVersion: homelab/v1
kind: Hosts
hosts:
  - { name: pi, address: 192.0.2.1, os: { family: linux }, deploy_root: /opt/lab }
  - { name: pc, address: 192.0.2.2, os: { family: windows }, deploy_root: 'C:/lab' }
  - { name: laptop, address: 192.0.2.3, os: { family: darwin }, sleepy: true }
`,
  'infrastructure/services/web.yaml': contract(
    'web',
    'pi',
    'site',
    `exposure:
  - { name: page, container: web, port: 8080, container_port: 80, protocol: http, scope: lan }
  - { name: admin, container: web, port: 9000, protocol: http, scope: host }
healthcheck: { type: http, url: 'http://pi:8080/' }
privileges: { cap_add: [NET_ADMIN] }
persistence:
  - { container: web, target: /data, source: /opt/lab/data/web, criticality: low }
`,
  ),
  'infrastructure/services/db.yaml': contract(
    'db',
    'pi',
    'site',
    `exposure: []
healthcheck: { type: docker, container: db }
persistence:
  - { container: db, target: /var/lib/db, source: site_db, kind: volume, criticality: low }
`,
  ),
  'infrastructure/services/agent.yaml': contract(
    'agent',
    'pc',
    'watch',
    `exposure: []
healthcheck: { type: docker, container: agent }
privileges: { mounts: [/var/run/docker.sock] }
persistence: []
`,
  ),
};

/** Compose files that use every way of writing: anchors, both kinds of lists and ports, extends, include, override, profiles, env files. */
export const STACKS: Record<string, string> = {
  'compose/pi/site/compose.yaml': `name: site
include: [../shared/jobs.yaml]
x-usual: &usual
  restart: unless-stopped
  healthcheck: { test: [CMD, 'true'] }
services:
  web:
    <<: *usual
    image: example/web:1.2
    container_name: web
    environment: ['MODE=live', 'LEVEL=\${LEVEL:-info}', INHERITED]
    env_file: [./web.env]
    ports:
      - 8080:80
      - { target: 9000, published: "9000", host_ip: 127.0.0.1 }
    volumes:
      - ../../../data/web:/data
      - ./web.conf:/etc/web.conf:ro
    cap_add: [NET_ADMIN]
    secrets: [web_key]
  db:
    extends: { file: ../shared/base.yaml, service: database }
    networks: [back]
    volumes:
      - type: volume
        source: db
        target: /var/lib/db
  once:
    image: example/once:1
    restart: "no"
  debug:
    <<: *usual
    image: example/debug:1
    profiles: [debug]
  spare:
    image: example/spare:1
    scale: 0
secrets:
  web_key: { file: ../../../secrets/web_key }
volumes:
  db:
networks:
  back: { name: backbone }
`,
  'compose/pi/site/compose.override.yaml': `services:
  web:
    environment: { EXTRA: 'yes' }
    ports: ['127.0.0.1:8443:443']
`,
  'compose/pi/site/web.env': `# read by web\nexport FROM_FILE="a value"\n`,
  'compose/pi/shared/base.yaml': `services:
  database:
    image: example/db:5@sha256:${'a'.repeat(64)}
    container_name: db
    restart: unless-stopped
    environment: { TZ: UTC }
    volumes: ['./base.conf:/etc/db.conf']
`,
  'compose/pi/shared/jobs.yaml': `services:
  jobs:
    image: example/jobs:1
    restart: on-failure:3
    network_mode: host
    volumes: ['./jobs:/jobs']
`,
  'compose/pc/watch/compose.yaml': `services:
  agent:
    image: example/agent:2
    container_name: agent
    restart: always
    ports: ['\${AGENT_PORT}:9100']
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
      - ./agent.yaml:/agent.yaml:ro
`,
};

export const fingerprint = (value: string): string => `#${value.length}#${value.split('').reverse().join('')}`;

/** A lab of two machines and a sleepy one, and how it is changed and compared. */
export interface DriftLab {
  inventory: Inventory;
  files: Map<string, string>;
  hosts: ActualHost[];
  container: (name: string) => ActualContainer;
  change: (name: string, change: Partial<ActualContainer>) => void;
  add: (container: Partial<ActualContainer> & Pick<ActualContainer, 'host' | 'name'>) => void;
  remove: (name: string) => void;
  compare: (more?: Partial<Comparison>) => Drift;
}

const NOW = new Date('2026-11-20T12:00:00Z');

/** The lab right after everything was deployed. */
export function driftLab(stacks: Record<string, string> = STACKS): DriftLab {
  const folder = inventoryFolder(INVENTORY);
  const inventory = loadInventory(folder.root);
  folder.remove();
  if (inventory.problems.length > 0) throw new Error(JSON.stringify(inventory.problems));
  const files = new Map(Object.entries(stacks));
  const hosts = asDeployed(inventory, files, fingerprint).map((host) => ({ ...host, containers: [...host.containers] }));
  const all = () => hosts.flatMap(({ containers }) => containers);
  const [model] = all().filter(({ name }) => name === 'db');
  const container = (name: string) => {
    const found = all().find((one) => one.name === name);
    if (!found) throw new Error(`no container ${name} among ${all().map((one) => one.name)}`);
    return found;
  };
  const listOf = (name: string) => hosts.find((host) => host.name === name)?.containers as ActualContainer[];
  return {
    inventory,
    files,
    hosts,
    container,
    change: (name, change) => void Object.assign(container(name), change),
    add: (one) => {
      const { compose: _, ...like } = model as ActualContainer;
      listOf(one.host).push({ ...like, id: `id of ${one.name}`, ports: [], ...one });
    },
    remove: (name) => {
      const own = listOf(container(name).host);
      own.splice(own.indexOf(container(name)), 1);
    },
    compare: (more = {}) =>
      drift({
        inventory,
        files,
        hosts,
        fingerprint,
        now: NOW,
        commit: { hash: 'c'.repeat(40), at: new Date('2026-11-19T12:00:00Z') },
        ...more,
      }),
  };
}
