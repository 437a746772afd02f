/** A lab of two machines with an inventory: two resolvers behind one address, a share, an ingress, a name in another script. */
export const INVENTORY_LAB: Record<string, string> = {
  'infrastructure/hosts.yaml': `apiVersion: homelab/v1
kind: Hosts
hosts:
  - name: pi
    description: Small and always on
    aliases: [raspberry]
    address: 192.0.2.10
    mac: '00:00:5e:00:53:0a'
    os: { family: linux, name: Debian, version: '12' }
    arch: arm64
    roles: [resolver]
    resources: { memory: 4GiB, disks: [{ name: ssd, mount: /, size: 120GB }] }
    ssh: { user: pi, port: 2222, fingerprint: 'SHA256:ga4qiKJpnryGI7CZsrMQtdKfKoI5n7BbsJzjKy+Hg4c' }
    docker: { transport: [streamlocal] }
    labels: { metrics: { host: pi }, logs: { host: pi } }
    notes: { reboot: Two minutes., sudo: Without a password. }
    runbooks: [runbooks/disk-full.md]
  - name: store
    aliases: [nas]
    address: 192.0.2.30
    os: { family: linux }
    docker: none
`,
  'infrastructure/network.yaml': `apiVersion: homelab/v1
kind: Network
networks:
  - { name: lan, vlan: 7, cidr: 192.0.2.0/25, reaches: [internet] }
vips:
  - name: dns
    address: 192.0.2.53
    holders:
      - { host: pi, state: MASTER, priority: 150 }
      - { host: store, state: BACKUP, priority: 100 }
    serves: [resolver-a, resolver-b]
dns:
  records:
    - { name: photos.home.arpa, address: 192.0.2.10 }
    - { name: gate.home.arpa, address: 192.0.2.1 }
dhcp:
  ranges: [{ network: lan, from: 192.0.2.64, to: 192.0.2.126 }]
devices:
  - { name: gate, address: 192.0.2.1, kind: router }
`,
  'infrastructure/backups.yaml': `apiVersion: homelab/v1
kind: Backups
jobs:
  - name: nightly
    tier: high
    method: restic
    source: { host: pi, services: [fotos-für-alle], paths: [/srv/fotos] }
    target: { host: store, path: /volume/restic }
    schedule: '0 3 * * *'
`,
  ...contract('resolver-a', 'pi', {
    aliases: '[pihole]',
    exposure: '[{ name: dns, port: 53, protocol: udp, scope: lan }, { name: web, port: 8081, protocol: http, scope: lan, auth: app }]',
    runbooks: '[runbooks/names.md]',
  }),
  ...contract('resolver-b', 'store', { aliases: '[pihole]', exposure: '[{ name: dns, port: 53, protocol: udp, scope: lan }]' }),
  ...contract('files', 'store', { exposure: '[{ name: smb, port: 445, scope: lan }]', tags: '[storage]' }),
  ...contract('gatekeeper', 'pi', { exposure: '[{ name: https, port: 443, scope: lan }]' }),
  ...contract('fotos-für-alle', 'pi', {
    exposure: '[{ name: web, port: 2283, protocol: http, scope: lan, domain: photos.home.arpa, via: gatekeeper, auth: app }]',
    depends_on: '[{ service: files, why: the library lies there }, { service: resolver-b, why: asks 192.0.2.53 }]',
    persistence: '[{ target: /data, source: /srv/fotos, criticality: irreplaceable, backup: nightly }]',
  }),
  ...contract('frames', 'pi', { depends_on: '[{ service: fotos-für-alle }]' }),
  'runbooks/disk-full.md': `---
title: A disk is full
alerts: [DiskFull]
hosts: [pi, store]
services: [files]
tools: [diagnose_host]
---
# A disk is full

## Signs

"no space left on device" in a log.

## Act

1. Remove unused images. Never a volume.
2. Ask what grows.

## Undo

Nothing comes back.
`,
  'runbooks/names.md': '---\nalerts: [ResolverDown]\nservices: [resolver-a]\n---\n# Names do not resolve\n\n## Act\n\nStart it again.\n',
  'runbooks/no-head.md': '# The oven smokes\n\n## What to do\n\n- Open the window.\n',
};

/** A contract file with these fields, the others as plain as they may be. */
export function contract(name: string, host: string, fields: Readonly<Record<string, string>> = {}): Record<string, string> {
  const all = {
    ...{ description: `What ${name} does`, exposure: '[]', depends_on: '[]', healthcheck: '{ type: none, reason: made up }' },
    ...{ runtime: `{ type: compose, project: ${name}, services: [${name}], images: [example/${name}] }`, restart_policy: 'always' },
    persistence: '[]',
    ...fields,
  };
  const lines = Object.entries(all).map(([key, value]) => `${key}: ${value}`);
  const head = ['apiVersion: homelab/v1', 'kind: Service', `name: ${name}`, `owner_node: ${host}`];
  return { [`infrastructure/services/${name}.yaml`]: `${[...head, ...lines].join('\n')}\n` };
}
