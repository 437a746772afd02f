import { readCompose } from '@homelab/shared/inventory/compose.ts';
import { expect, test } from 'vitest';
import type { SourceFile } from '../client/document.ts';
import { kindOf } from '../client/kinds.ts';
import { ansibleIni } from './ansible-ini.ts';
import { ansibleYaml } from './ansible-yaml.ts';
import { caddySites, labelRoutes } from './domains.ts';
import { entityName, freeName } from './draft.ts';
import { guessInventory } from './guess-inventory.ts';
import { tableRows } from './markdown-table.ts';

const source = (path: string, text: string): SourceFile => ({ path, text, kind: kindOf(path, text), bytes: text.length, mtimeMs: 0 });
const guess = (files: Record<string, string>) => guessInventory(Object.entries(files).map(([path, text]) => source(path, text)));

test('an INI inventory: groups of groups, variables of groups, ranges, ports, comments', () => {
  const text = `# mine
bastion:2222
[web]
web[01:03].lab ansible_user=www ; the pages
[db]
pg ansible_host="192.0.2.9" ansible_port=2200
[site:children]
web
db
[site:vars]
ansible_user = ops
`;
  const hosts = ansibleIni(text);
  expect(hosts.map(({ name, line }) => `${name}:${line}`)).toEqual(['bastion:2', 'web01.lab:4', 'web02.lab:4', 'web03.lab:4', 'pg:6']);
  expect(hosts[1]).toMatchObject({ variables: { ansible_user: 'www' }, groups: ['web', 'site'] });
  expect(hosts[4]).toMatchObject({ variables: { ansible_host: '192.0.2.9', ansible_port: '2200', ansible_user: 'ops' } });
});

test('a YAML inventory: nested groups, the nearer variable wins, and what is none gives nothing', () => {
  const text = `all:
  vars: { ansible_user: ops }
  children:
    lab:
      children:
        docker:
          vars: { ansible_port: 2222 }
          hosts:
            nas: { ansible_host: 192.0.2.30, ansible_user: admin }
            rpi:
`;
  expect(ansibleYaml(text)).toEqual([
    {
      name: 'nas',
      line: 9,
      groups: ['lab', 'docker'],
      variables: { ansible_user: 'admin', ansible_port: '2222', ansible_host: '192.0.2.30' },
    },
    { name: 'rpi', line: 10, groups: ['lab', 'docker'], variables: { ansible_user: 'ops', ansible_port: '2222' } },
  ]);
  for (const none of ['hosts:\n  - a\n', 'a: 1\n', 'x: [', '', '- a\n']) expect(ansibleYaml(none), none).toEqual([]);
});

test('tables: marks and links go, fences are passed by, cells may hold a bar', () => {
  const text =
    '| Name | IP |\n|:--|--:|\n| **nas** | [`1.2.3.4`](x.md) |\n| a \\| b | |\n\n```\n| Name | IP |\n|---|---|\n| no | 9.9.9.9 |\n```\n';
  expect(tableRows(text)).toEqual([
    { cells: { name: 'nas', ip: '1.2.3.4' }, line: 3 },
    { cells: { name: 'a \\| b', ip: '' }, line: 4 },
  ]);
});

test('domains: Traefik rules with several hosts, caddy labels, Caddyfiles; no variable is a domain', () => {
  const [service] = readCompose(
    `services:
  a:
    labels:
      traefik.http.routers.a.rule: Host(\`a.lab.example\`, \`b.lab.example\`) && PathPrefix(\`/x\`)
      traefik.http.routers.v.rule: Host(\`a.\${DOMAIN}\`)
      traefik.http.services.a.loadbalancer.server.port: 8080
      caddy: c.lab.example
      caddy.reverse_proxy: "{{upstreams 3000}}"
`,
    'compose.yaml',
  ).services;
  expect(service && labelRoutes(service).map(({ domain, proxy, port }) => [domain, proxy, port])).toEqual([
    ['a.lab.example', 'traefik', 8080],
    ['b.lab.example', 'traefik', 8080],
    ['c.lab.example', 'caddy', 3000],
  ]);
  const caddyfile =
    '{\n  email a@b.example\n}\nphotos.lab.example, http://p.lab.example {\n  reverse_proxy immich:2283\n}\n:80 {\n  respond ok\n}\nx.lab.example {\n  reverse_proxy /api/* http://10.0.0.2:81 {\n    header_up Host x\n  }\n}\n';
  expect(
    caddySites([source('proxy/Caddyfile', caddyfile)]).map(({ domain, upstream, port, place }) => [domain, upstream, port, place.line]),
  ).toEqual([
    ['photos.lab.example', 'immich', 2283, 5],
    ['p.lab.example', 'immich', 2283, 5],
    ['x.lab.example', '10.0.0.2', 81, 11],
  ]);
});

test('where a stack runs: its path, a list of a host, a table, and else the one that is known', () => {
  const stack = 'services: { x: { image: x } }\n';
  const owner = (files: Record<string, string>) => guess(files).inventory.services.map(({ value }) => value.owner_node);
  expect(owner({ 'hosts/nas/media/compose.yaml': stack, 'hosts/rpi/compose.yaml': stack })).toEqual(['nas', 'rpi']);
  expect(owner({ 'compose/pi4/dns/compose.yaml': stack })).toEqual(['pi4']);
  expect(owner({ 'docker/media/plex/compose.yaml': stack })).toEqual(['server']);
  expect(
    owner({
      'inventory.ini': 'big\nsmall\n',
      'README.md': '| host | runs |\n|--|--|\n| small | dns, x and y |\n',
      'dns/compose.yaml': stack,
    }),
  ).toEqual(['small']);
  expect(owner({ 'inventory/hosts.yml': 'all: { hosts: { only: } }\n', 'compose.yaml': stack })).toEqual(['only']);
});

test('every fact says where it comes from, and an unknown address is a guess', () => {
  const { inventory } = guess({
    'inventory.ini': '[a]\nnas\n',
    'nas/compose.yaml': 'services:\n  web:\n    image: nginx:1\n    ports:\n      - "8080:80"\n',
  });
  const [service] = inventory.services;
  expect(service?.place).toMatchObject({ file: 'nas/compose.yaml', line: 2 });
  expect(service?.at(['exposure', 0, 'port'])).toMatchObject({ file: 'nas/compose.yaml', line: 5 });
  expect(inventory.hosts[0]).toMatchObject({ value: { name: 'nas', address: 'nas' }, place: { file: 'inventory.ini', line: 2 } });
});

test('broken and hostile files are noted and stop nothing', () => {
  const { inventory, notes } = guess({
    'a/compose.yaml': 'services: [\n',
    'b/compose.yaml':
      'services:\n  "../../x":\n    image: y\n    container_name: "a\\nb"\n    ports: ["$P:1", "99999:1", {}]\n    volumes: [1, {}, ":"]\n',
    'c/compose.yaml': 'services: { ok: { image: z, ports: ["20000-20100:20000-20100"] } }\n',
    'inventory.ini': '[[[[\n=\n[x:vars]\n',
  });
  expect(inventory.services.map(({ value }) => value.name)).toEqual(['x', 'ok']);
  expect(notes.join('\n')).toMatch(/a\/compose\.yaml:\d+ is not read.*\n(.*\n)*.*hangs on P\n(.*\n)*.*publishes 101 ports; the first 20/);
});

test('a megabyte of openings that never close takes no longer than it should', () => {
  const long = (text: string) => text.repeat(900_000 / text.length);
  const labels = (rule: string) =>
    `services:\n  a:\n    image: a\n    labels: ["traefik.http.routers.a.rule=${rule}", "caddy=a.example", "caddy.reverse_proxy=${rule}"]\n`;
  const { inventory } = guess({
    'inventory.ini': `[x]\n${long('a')}\nb ${long('c')}\nh[1:99][1:99][1:99]\n`,
    'host_vars/b.yml': long('a: [\n'),
    'README.md': `| name | ip |\n|--|--|\n| ${long('[')} | ${long('<')} |\n`,
    'a/compose.yaml': labels(long('Host(')),
    'b/compose.yaml': labels(long('upstreams')),
    Caddyfile: long('a{ '),
  });
  expect(inventory.services).toHaveLength(2);
});

test('names become ones that an inventory may have, and stay apart', () => {
  expect(['My NAS!', '..x', 'größe', '***', 'a'.repeat(80)].map(entityName)).toEqual(['My-NAS', 'x', 'größe', 'unnamed', 'a'.repeat(63)]);
  expect(freeName('a', new Set(['a', 'a-2']))).toBe('a-3');
});
