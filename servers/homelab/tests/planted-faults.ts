import type { LabCopy } from './reference-lab.ts';

/** A fault that is put into a copy of the lab: an edit or a new file, and the text on the line where it must be found. */
interface Planted {
  code: string;
  file: string;
  edit?: [from: string, to: string];
  text?: string;
  /** A part of the line; `file` is where it stands unless `found` says otherwise. */
  at: string;
  found?: string;
}

/** A contract that is well as it stands, on a stack of its own. */
export function contract(name: string, change: Record<string, string> = {}): string {
  const fields: Record<string, string> = {
    apiVersion: 'homelab/v1',
    kind: 'Service',
    name,
    description: 'Made for a test',
    owner_node: 'nas',
    runtime: '{ type: external }',
    exposure: '[]',
    depends_on: '[]',
    healthcheck: '{ type: none, reason: its page is looked at by hand }',
    restart_policy: 'none',
    persistence: '[]',
    docs: '[decisions/0018-backup-tiers.md]',
    runbooks: '[runbooks/host-unreachable.md]',
    ...change,
  };
  return Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

const own = (name: string) => `infrastructure/services/${name}.yaml`;
const made = (code: string, change: Record<string, string>, at: string, name = code): Planted => ({
  code,
  file: own(name),
  text: contract(name, change),
  at,
});
const compose = (name: string) => `{ type: compose, project: ${name}, file: stacks/${name}/compose.yaml, services: [${name}] }`;
const port = (rest: string) => `[{ name: web, port: ${rest} }]`;
const network = 'infrastructure/network.yaml';
const backups = 'infrastructure/backups.yaml';
const device = (code: string, name: string, address: string): Planted => ({
  code,
  file: network,
  edit: ['\ndevices:\n', `\ndevices:\n  - { name: ${name}, address: ${address}, network: lan, kind: planted }\n`],
  at: `name: ${name}`,
});

/** What is there beside the lab so that compose faults have something to be in; it is well. */
export const STACKS: Record<string, string> = {
  'stacks/demo/compose.yaml': 'services:\n  demo:\n    image: demo:1.0\n    ports: ["18000:80"]\n',
  [own('demo')]: contract('demo', {
    runtime: compose('demo'),
    exposure: port('18000, container: demo, scope: lan'),
    ops: '{ criticality: high }',
  }),
};

/** One fault of every kind. */
export const FAULTS: readonly Planted[] = [
  { code: 'schema', file: own('libre-hardware-monitor'), edit: ['restart_policy: none', 'restart_policy: nevr'], at: 'nevr' },
  { code: 'dangling-host', file: own('open-webui'), edit: ['owner_node: gaming-pc', 'owner_node: gaming-box'], at: 'gaming-box' },
  made('dangling-service', { depends_on: '[{ service: grafna, kind: soft }]' }, 'grafna'),
  { code: 'dangling-via', file: own('vaultwarden'), edit: ['via: caddy', 'via: cady'], at: 'via: cady' },
  { code: 'dangling-route', file: own('immich-server'), edit: ['route_of: web', 'route_of: wep'], at: 'wep' },
  { code: 'dangling-network', file: 'infrastructure/hosts.yaml', edit: ['network: lan', 'network: lam'], at: 'network: lam' },
  { code: 'dangling-backup', file: own('caddy'), edit: ['backup: rpi-config', 'backup: rpi-conf'], at: 'backup: rpi-conf' },
  made('dangling-document', { docs: '[decisions/0099-gone.md]' }, '0099-gone'),
  made('dangling-runbook', { runbooks: '[runbooks/gone.md]' }, 'gone.md'),
  made(
    'dangling-container',
    { runtime: '{ type: quadlet, services: [unit] }', persistence: '[{ container: other, target: /x, source: y, criticality: low }]' },
    'container: other',
  ),
  made('dangling-compose-file', { runtime: compose('gone') }, 'stacks/gone'),
  made('dangling-compose-service', { runtime: '{ type: compose, file: stacks/demo/compose.yaml, services: [demon] }' }, 'demon'),
  { code: 'duplicate-name', file: own('twin'), text: contract('grafana'), at: 'name: grafana', found: own('twin') },
  made('port-collision', { owner_node: 'gaming-pc', exposure: port('2283, address: 127.0.0.1, protocol: tcp, scope: host') }, '2283'),
  device('address-twice', 'usurper', '192.0.2.10'),
  { code: 'mac-twice', file: network, edit: ["'00:00:5e:00:53:82'", "'00:00:5E:00:53:0A'"], at: '53:0A' },
  made('domain-twice', { exposure: port('19001, scope: lan, domain: photos.home.arpa') }, 'photos.home.arpa', 'second-photos'),
  device('outside-subnet', 'stranger', '198.51.100.7'),
  { code: 'subnet-overlap', file: network, edit: ['\nvips:\n', '\n  - { name: cellar, cidr: 192.0.2.160/28 }\nvips:\n'], at: 'cellar' },
  device('dhcp-overlap', 'sitter', '192.0.2.70'),
  made('hard-cycle', { depends_on: '[{ service: second-of-two, kind: hard }]' }, 'second-of-two'),
  {
    code: '',
    file: own('second-of-two'),
    text: contract('second-of-two', { depends_on: '[{ service: hard-cycle, kind: hard }]' }),
    at: '',
  },
  { code: 'secret', file: 'docs/access.md', text: '# Access\n\n    DB_PASSWORD=Vq9-pLw2xTz7Rk4m\n', at: 'DB_PASSWORD' },
  made('public-without-auth', { exposure: port('19002, scope: public') }, '19002'),
  made('no-backup', { persistence: '[{ target: /data, source: /data, criticality: irreplaceable }]' }, 'irreplaceable'),
  {
    code: 'backup-same-host',
    file: backups,
    edit: ['target: { host: nas, path: /share/CACHEDEV2_DATA/restic/rpi }', 'target: { host: rpi, path: /opt/backup }'],
    at: '/opt/backup',
  },
  made('backup-misses', { persistence: '[{ target: /data, source: /data, criticality: high, backup: photos }]' }, 'backup: photos'),
  made('no-health-check', { healthcheck: "{ type: none, reason: '' }" }, 'type: none'),
  made('no-runbook', { runbooks: '[]' }, 'runbooks: []'),
  made('no-docs', { docs: '[]' }, 'docs: []'),
  {
    code: 'compose-without-contract',
    file: 'stacks/stray/compose.yaml',
    text: 'services:\n  stray:\n    image: stray:1.0\n',
    at: 'stray:',
  },
  made('contract-without-compose', { runtime: '{ type: compose }' }, 'type: compose'),
  { code: 'port-undeclared', file: 'stacks/demo/compose.yaml', edit: ['["18000:80"]', '["18000:80", "18001:81"]'], at: '18001' },
  {
    code: 'port-unpublished',
    file: own('demo'),
    edit: ['scope: lan }', 'scope: lan }, { name: more, container: demo, port: 18002, scope: lan }'],
    at: '18002',
  },
  { code: 'dead-link', file: 'docs/links.md', text: '# Links\n\n[gone](gone.md) `[code](not/a/link.md)`\n', at: 'gone.md' },
  { code: 'dead-anchor', file: 'docs/anchors.md', text: '# Anchors\n\n[there](#anchors) [gone](#gone)\n', at: '#gone' },
  { code: 'floating-tag', file: 'stacks/demo/compose.yaml', edit: ['demo:1.0', 'demo:latest'], at: 'demo:latest' },
  {
    code: 'no-backup-metric',
    file: backups,
    edit: ['\n    metric: \'backup_last_success_timestamp_seconds{backup="photos"}\'', ''],
    at: '- name: photos',
  },
  { code: 'restore-untested', file: backups, edit: ["\n    last_restore_test: '2026-10-18'", ''], at: '- name: suite-state' },
  {
    code: 'variable',
    file: 'stacks/vary/compose.yaml',
    text: `services:\n  vary:\n    image: vary:1.0\n    ports:\n      - "\${VARY_PORT}:80"\n`,
    at: 'VARY_PORT',
  },
  { code: '', file: own('vary'), text: contract('vary', { runtime: compose('vary') }), at: '' },
  {
    code: 'unreadable',
    file: 'stacks/part/compose.yaml',
    text: 'services:\n  part:\n    extends: { file: base.yaml, service: part }\n',
    at: 'part:',
  },
  { code: '', file: own('part'), text: contract('part', { runtime: compose('part') }), at: '' },
];

/** Puts every fault in. Returns `code file:line` of each, as they must be found. */
export function plant(lab: LabCopy): string[] {
  for (const { file, edit, text } of FAULTS) {
    if (text !== undefined) lab.write(file, text);
    else if (edit) lab.edit(file, ...edit);
  }
  return FAULTS.filter(({ code }) => code !== '').map(({ code, file, at, found = file }) => {
    const line =
      lab
        .read(found)
        .split('\n')
        .findIndex((one) => one.includes(at)) + 1;
    return `${code} ${found}:${line}${code === 'schema' ? ':1' : ''}`;
  });
}
