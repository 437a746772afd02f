import { expect, test } from 'vitest';
import { imageName, isStackPath, readCompose } from './compose.ts';
import { composeMount } from './compose-mount.ts';
import { composePort } from './compose-port.ts';
import { resolveVariables } from './compose-variables.ts';

test.each([
  ['8080', { target: 8080, count: 1, protocol: 'tcp', defaulted: false }],
  [3000, { target: 3000, count: 1, protocol: 'tcp', defaulted: false }],
  ['8080:80', { published: 8080, target: 80, count: 1, protocol: 'tcp', defaulted: false }],
  ['127.0.0.1:8080:80/udp', { address: '127.0.0.1', published: 8080, target: 80, count: 1, protocol: 'udp', defaulted: false }],
  ['[::1]:8080:80', { address: '::1', published: 8080, target: 80, count: 1, protocol: 'tcp', defaulted: false }],
  ['0.0.0.0:53:53/udp', { published: 53, target: 53, count: 1, protocol: 'udp', defaulted: false }],
  ['9090-9093:8080-8083', { published: 9090, target: 8080, count: 4, protocol: 'tcp', defaulted: false }],
  ['3000-3005', { target: 3000, count: 6, protocol: 'tcp', defaulted: false }],
  ['49100-49110:22', { target: 22, count: 1, protocol: 'tcp', defaulted: false }],
  ['127.0.0.1::80', { address: '127.0.0.1', target: 80, count: 1, protocol: 'tcp', defaulted: false }],
  ['$' + '{PORT:-8096}:8096', { published: 8096, target: 8096, count: 1, protocol: 'tcp', defaulted: true }],
  ['$' + '{PORT}:8096', { unknown: ['PORT'] }],
  ['$PORT:8096', { unknown: ['PORT'] }],
  [
    { target: 80, published: '8080', host_ip: '127.0.0.1', protocol: 'tcp' },
    { address: '127.0.0.1', published: 8080, target: 80, count: 1, protocol: 'tcp', defaulted: false },
  ],
  [
    { target: 53, published: 53, protocol: 'udp', mode: 'host' },
    { published: 53, target: 53, count: 1, protocol: 'udp', defaulted: false },
  ],
  ['70000:80', undefined],
  ['no port', undefined],
  [null, undefined],
])('port %j', (entry, port) => expect(composePort(entry)).toEqual(port));

test.each([
  ['/srv/data:/data', { kind: 'bind', source: '/srv/data', target: '/data', readOnly: false }],
  ['./a:/b:ro', { kind: 'bind', source: './a', target: '/b', readOnly: true }],
  ['pg:/var/lib', { kind: 'volume', source: 'pg', target: '/var/lib', readOnly: false }],
  ['C:\\x:/data', { kind: 'bind', source: 'C:\\x', target: '/data', readOnly: false }],
  ['D:/x/y:/data:ro', { kind: 'bind', source: 'D:/x/y', target: '/data', readOnly: true }],
  ['/anonymous', { kind: 'volume', target: '/anonymous', readOnly: false }],
  ['$' + '{DATA:-/srv}/x:/x', { kind: 'bind', source: '/srv/x', target: '/x', readOnly: false }],
  ['$' + '{DATA}/x:/x', { kind: 'bind', source: '$' + '{DATA}/x', target: '/x', readOnly: false }],
  ['share:/films', { kind: 'cifs', source: '//192.0.2.30/films', target: '/films', readOnly: false }],
  [
    { type: 'bind', source: '/a', target: '/b', read_only: true },
    { kind: 'bind', source: '/a', target: '/b', readOnly: true },
  ],
  [
    { type: 'volume', source: 'pg', target: '/b' },
    { kind: 'volume', source: 'pg', target: '/b', readOnly: false },
  ],
  [
    { type: 'tmpfs', target: '/run' },
    { kind: 'tmpfs', target: '/run', readOnly: false },
  ],
  [7, undefined],
])('volume %j', (entry, mount) => {
  const volumes = { share: { driver_opts: { type: 'cifs', device: '//192.0.2.30/films' } }, pg: null };
  expect(composeMount(entry, volumes)).toEqual(mount);
});

test('variables: defaults go in, nested ones too, the rest is named', () => {
  expect(resolveVariables('$' + '{A:-x}$' + '{B-y}$$z')).toEqual({ text: 'xy$z', unknown: [], defaulted: ['A', 'B'] });
  expect(resolveVariables('$' + '{A:-$' + '{B:-deep}}')).toEqual({ text: 'deep', unknown: [], defaulted: ['A', 'B'] });
  expect(resolveVariables('$' + '{A:?needed} $B')).toEqual({ text: '$' + '{A:?needed} $B', unknown: ['A', 'B'], defaulted: [] });
});

test.each([
  ['{A:-x}', 'given'],
  ['{E:-x}', 'x'],
  ['{E-x}', ''],
  ['{NO:-x}', 'x'],
  ['{NO}', ''],
  ['{A:+y}', 'y'],
  ['{NO:+y}', ''],
  ['{A?needed}', 'given'],
])('with values, $%s is firm', (written, text) => {
  const values = new Map([
    ['A', 'given'],
    ['E', ''],
  ]);
  expect(resolveVariables(`$${written}`, values)).toEqual({ text, unknown: [], defaulted: [] });
});

test('reads a file with anchors, merges, overlay tags and both kinds of lists, each part with its place', () => {
  const text = [
    'name: media',
    'x-base: &base',
    '  restart: unless-stopped',
    '  labels: [a.b=c=d, flag]',
    'services:',
    '  film:',
    '    <<: *base',
    '    image: ghcr.io/x/film:1.2@sha256:00',
    '    ports: !override',
    '      - 8096:8096',
    '      - "$' + '{ADMIN}:81"',
    '    depends_on: { db: { condition: service_healthy } }',
    '    deploy: { resources: { limits: { memory: 1g } } }',
    '  db:',
    '    image: postgres',
    '    network_mode: service:film',
    '    healthcheck: { disable: true }',
    '    extends: { file: base.yaml, service: db }',
    'volumes: { pg: }',
    '',
  ].join('\n');
  const { project, services, problems } = readCompose(text, 'media/compose.yaml');
  const [film, db] = services;
  expect(problems).toEqual([]);
  expect(project).toBe('media');
  expect(film).toMatchObject({
    restart: 'unless-stopped',
    image: 'ghcr.io/x/film:1.2@sha256:00',
    memory: '1g',
    healthcheck: false,
    partial: false,
  });
  expect(film?.labels.get('a.b')).toBe('c=d');
  expect(film?.ports.map(({ place }) => `${place.file}:${place.line}`)).toEqual(['media/compose.yaml:10']);
  expect(film?.unresolved).toEqual([{ variables: ['ADMIN'], place: { file: 'media/compose.yaml', line: 11, column: 9 } }]);
  expect(film?.dependsOn.map(({ name, place }) => [name, place.line])).toEqual([['db', 12]]);
  expect(db).toMatchObject({ dependsOn: [{ name: 'film' }], healthcheck: false, partial: true });
});

test('a file that is no compose file gives nothing, and says why when its YAML is broken', () => {
  expect(readCompose('just words', 'a').services).toEqual([]);
  expect(readCompose('services: [1, 2]', 'a').services).toEqual([]);
  expect(readCompose('services:\n  a: {image: [}\n', 'a').problems[0]).toMatchObject({ file: 'a', line: 2 });
});

test('images lose tag and digest but keep the port of their registry', () => {
  expect(['a/b:1', 'host:5000/a', 'host:5000/a:1@sha256:0', 'redis'].map(imageName)).toEqual([
    'a/b',
    'host:5000/a',
    'host:5000/a',
    'redis',
  ]);
});

test('examples, templates and overlays are no stacks', () => {
  expect(['compose.yaml', 'nas/media/docker-compose.yml', 'templates-of-mine/compose.yaml'].every(isStackPath)).toBe(true);
  expect(['examples/a/compose.yaml', 'a/compose.override.yml', 'a/compose.yaml.j2', 'bench/corpus/a/compose.yaml'].some(isStackPath)).toBe(
    false,
  );
});
