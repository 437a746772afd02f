import { expect, test } from 'vitest';
import { type DriftLab, driftLab, fingerprint, STACKS } from '../tests/drift-lab.ts';
import { composeDigest } from './on-host.ts';

const shown = (lab: DriftLab, more?: Parameters<DriftLab['compare']>[0]) =>
  lab
    .compare(more)
    .findings.filter(({ code }) => code !== 'D14')
    .map(({ code, severity, container, service, subject }) => `${code} ${severity} ${container ?? service} ${subject}`);

test('an untouched lab has no drift, and the machine that sleeps is named', () => {
  const { findings, undetermined, compared } = driftLab().compare();
  expect(findings).toEqual([expect.objectContaining({ code: 'D14', severity: 'info', host: 'laptop', actual: 'asleep' })]);
  expect(undetermined).toEqual([]);
  expect(compared).toEqual({ hosts: 2, stacks: 2, services: 7, containers: 5 });
});

const mount = (lab: DriftLab, name: string, target: string, change: object) =>
  lab.container(name).mounts.map((one) => (one.target === target ? { ...one, ...change } : one));
const env = (lab: DriftLab, name: string, entries: [string, string][]) => new Map([...lab.container(name).env, ...entries]);
const cases: [what: string, change: (lab: DriftLab) => void, found: string[]][] = [
  ['a container is gone', (lab) => lab.remove('db'), ['D01 error db container']],
  ['a container has stopped', (lab) => lab.change('db', { state: 'exited', exitCode: 0 }), ['D01 error db container']],
  ['a job has failed', (lab) => lab.change('site-once-1', { state: 'exited', exitCode: 1 }), ['D01 error site-once-1 container']],
  ['a job has ended well', (lab) => lab.change('site-once-1', { state: 'exited', exitCode: 0 }), []],
  [
    'a service that nobody declares',
    (lab) => lab.add({ host: 'pi', name: 'old', compose: { project: 'site', service: 'old', oneoff: false } }),
    ['D02 warn old container'],
  ],
  ['a one-off run', (lab) => lab.add({ host: 'pi', name: 'run', compose: { project: 'site', service: 'db', oneoff: true } }), []],
  ['a container of nobody', (lab) => lab.add({ host: 'pi', name: 'try', image: 'try:1' }), ['D03 info try container']],
  [
    'a container of nobody that others can reach',
    (lab) => lab.add({ host: 'pi', name: 'try', ports: [{ published: 1, target: 1, protocol: 'tcp' }] }),
    ['D03 warn try container'],
  ],
  [
    'a service on the wrong host',
    (lab) => {
      const db = lab.container('db');
      lab.remove('db');
      lab.add({ ...db, host: 'pc' });
    },
    ['D04 error db host'],
  ],
  ['another image', (lab) => lab.change('web', { image: 'example/web:1.1' }), ['D05 warn web image']],
  ['the same image by a longer name', (lab) => lab.change('web', { image: 'docker.io/example/web:1.2' }), []],
  ['another digest', (lab) => lab.change('db', { imageDigests: [`example/db@sha256:${'b'.repeat(64)}`] }), ['D05 warn db image digest']],
  ['the same digest', (lab) => lab.change('db', { imageDigests: [`example/db@sha256:${'a'.repeat(64)}`] }), []],
  ['a port is gone', (lab) => lab.change('web', { ports: lab.container('web').ports.slice(1) }), ['D06 warn web port 80/tcp']],
  [
    'a port is open to all',
    (lab) => lab.change('web', { ports: lab.container('web').ports.map(({ address: _, ...port }) => port) }),
    ['D06 error web port 443/tcp', 'D06 error web port 9000/tcp'],
  ],
  [
    'a port nobody declares',
    (lab) => lab.change('web', { ports: [...lab.container('web').ports, { published: 22, target: 22, protocol: 'tcp' }] }),
    ['D06 error web port 22/tcp'],
  ],
  [
    'every address is written in both ways',
    (lab) => lab.change('web', { ports: [...lab.container('web').ports, { address: '::', published: 8080, target: 80, protocol: 'tcp' }] }),
    [],
  ],
  ['a value differs', (lab) => lab.change('web', { env: env(lab, 'web', [['MODE', fingerprint('test')]]) }), ['D07 warn web env MODE']],
  ['a name came', (lab) => lab.change('web', { env: env(lab, 'web', [['NEW', '#']]) }), ['D07 warn web env NEW']],
  ['a name went', (lab) => lab.change('db', { env: new Map() }), ['D07 warn db env TZ']],
  ['what the image brings', (lab) => lab.change('db', { env: env(lab, 'db', [['PATH', '#']]), imageEnv: new Map([['PATH', '#']]) }), []],
  ['another source', (lab) => lab.change('web', { mounts: mount(lab, 'web', '/data', { source: '/tmp' }) }), ['D08 error web mount /data']],
  [
    'another mode',
    (lab) => lab.change('web', { mounts: mount(lab, 'web', '/etc/web.conf', { readOnly: false }) }),
    ['D08 error web mount /etc/web.conf'],
  ],
  [
    'an anonymous volume for a named one',
    (lab) => lab.change('db', { mounts: mount(lab, 'db', '/var/lib/db', { source: 'f'.repeat(64) }) }),
    ['D08 error db mount /var/lib/db'],
  ],
  [
    'a mount that nobody declares',
    (lab) => lab.change('db', { mounts: [...lab.container('db').mounts, { kind: 'bind', source: '/', target: '/host', readOnly: true }] }),
    ['D08 error db mount /host'],
  ],
  ['another restart policy', (lab) => lab.change('db', { restart: { name: 'always' } }), ['D09 warn db restart policy']],
  ['another network', (lab) => lab.change('db', { networks: ['backbone', 'bridge'] }), ['D10 warn db networks']],
  [
    "its own network for the host's",
    (lab) => lab.change('site-jobs-1', { networkMode: 'site_default', networks: ['site_default'] }),
    ['D10 warn site-jobs-1 network mode'],
  ],
  ['no health check', (lab) => lab.change('web', { healthcheck: 'none' }), ['D11 warn web health check']],
  ['privileged', (lab) => lab.change('web', { privileged: true }), ['D12 error web privileged']],
  ['a capability', (lab) => lab.change('web', { capAdd: ['CAP_NET_ADMIN', 'CAP_SYS_ADMIN'] }), ['D12 error web capability SYS_ADMIN']],
  ['a capability too few', (lab) => lab.change('web', { capAdd: [] }), ['D12 warn web capability NET_ADMIN']],
  [
    "the engine's socket",
    (lab) =>
      lab.change('db', {
        mounts: [...lab.container('db').mounts, { kind: 'bind', source: '/run/docker.sock', target: '/s', readOnly: true }],
      }),
    ['D12 error db the engine socket'],
  ],
  ["the host's network", (lab) => lab.change('db', { networkMode: 'host', networks: ['host'] }), ['D12 error db host network']],
  ["the host's processes", (lab) => lab.change('web', { pidMode: 'host' }), ['D12 error web host processes']],
];

test.each(cases)('%s', (_, change, found) => {
  const lab = driftLab();
  change(lab);
  expect(shown(lab)).toEqual(found);
});

test('every code of a container is among the cases', () => {
  const codes = new Set(cases.flatMap(([, , found]) => found.map((line) => line.slice(0, 3))));
  expect([...codes].sort()).toEqual(['D01', 'D02', 'D03', 'D04', 'D05', 'D06', 'D07', 'D08', 'D09', 'D10', 'D11', 'D12']);
});

test("D13: a compose file on the machine that is not the repository's; line ends and secrets make no difference", () => {
  const lab = driftLab();
  const path = 'compose/pi/site/compose.yaml';
  const onHost = (text: string) =>
    lab.hosts.map((host) => (host.name === 'pi' ? { ...host, files: [{ file: path, digest: composeDigest(text) }] } : host));
  const own = STACKS[path] as string;
  expect(shown(lab, { hosts: onHost(own.replace(/\n/g, '\r\n')) })).toEqual([]);
  expect(shown(lab, { hosts: onHost(own.replace('1.2', '1.3')) })).toEqual([`D13 warn undefined ${path}`]);
});

test('D14: a machine that is down is not compared, and an old commit is told', () => {
  const lab = driftLab();
  const hosts = lab.hosts.map((host) =>
    host.name === 'pi' ? { ...host, state: 'down' as const, why: 'no answer in 3 s', containers: [] } : host,
  );
  const commit = { hash: 'd'.repeat(40), at: new Date('2026-09-01T00:00:00Z') };
  const { findings, compared } = lab.compare({ hosts, commit });
  expect(findings.map(({ code, severity, host, actual }) => [code, severity, host, actual])).toEqual([
    ['D14', 'info', '', '80 days old'],
    ['D14', 'info', 'laptop', 'asleep'],
    ['D14', 'info', 'pi', 'down: no answer in 3 s'],
  ]);
  expect(compared).toEqual({ hosts: 1, stacks: 1, services: 1, containers: 1 });
});

test('what hangs on a variable that nobody here knows is undetermined, and firm once it is known', () => {
  const lab = driftLab();
  lab.change('web', { env: new Map([...lab.container('web').env, ['LEVEL', fingerprint('debug')]]) });
  lab.change('agent', { ports: [{ published: 9100, target: 9100, protocol: 'tcp' }] });
  const { undetermined } = lab.compare();
  expect(shown(lab)).toEqual([]);
  expect(undetermined.map(({ service, subject, variables }) => [service, subject, variables])).toEqual([
    ['agent', 'port 9100/tcp', ['AGENT_PORT']],
    ['web', 'env LEVEL', ['LEVEL']],
  ]);
  const settings = (port: string) =>
    new Map([
      ['compose/pi/site/compose.yaml', { variables: new Map([['LEVEL', 'debug']]) }],
      ['compose/pc/watch/compose.yaml', { variables: new Map([['AGENT_PORT', port]]) }],
    ]);
  expect(shown(lab, { settings: settings('9100') })).toEqual([]);
  expect(shown(lab, { settings: settings('9200') })).toEqual(['D06 warn agent port 9100/tcp']);
});

test('an environment file or include that is not in the repository makes its part undetermined, never a finding', () => {
  const { 'compose/pi/site/web.env': _, 'compose/pi/shared/jobs.yaml': __, ...rest } = STACKS;
  const whole = driftLab();
  const lab = driftLab(rest);
  lab.change('web', { env: new Map(whole.container('web').env) });
  expect(shown(lab)).toEqual([]);
  expect(lab.compare().undetermined.map(({ subject, why }) => `${subject}: ${why}`)).toEqual([
    'compose/pi/shared/jobs.yaml: compose/pi/shared/jobs.yaml is not in the repository',
    expect.stringMatching(/^env FROM_FILE: differs, and hangs on env_file/),
  ]);
});

test('a profile that is active is expected, and a place is a line of the repository', () => {
  const lab = driftLab();
  const settings = new Map([['compose/pi/site/compose.yaml', { profiles: ['debug'] }]]);
  const [found] = lab.compare({ settings }).findings;
  expect(found).toMatchObject({ code: 'D01', service: 'debug', place: { file: 'compose/pi/site/compose.yaml', line: 31 } });
  lab.change('db', { image: 'example/db:4' });
  const image = lab.compare().findings.find(({ code }) => code === 'D05');
  expect(image?.place).toMatchObject({ file: 'compose/pi/shared/base.yaml', line: 3 });
});

test("containers without labels are joined by name, and by a contract's image", () => {
  const lab = driftLab();
  const { compose: _, ...web } = lab.container('web');
  lab.remove('web');
  lab.add({ ...web, name: 'web' });
  expect(shown(lab)).toEqual([]);
  lab.change('web', { name: 'another' });
  expect(shown(lab)).toEqual([]);
});

test("foreign words are made plain, and a secret's value stands nowhere", () => {
  const lab = driftLab();
  lab.add({ host: 'pi', name: 'x\u001b[31m\u202ey' });
  lab.change('web', { env: new Map([...lab.container('web').env, ['MODE', 'hmac of hunter2']]) });
  const text = JSON.stringify(lab.compare());
  expect(text).not.toMatch(/\\u001b|\u202e|hunter2|live/);
});

test('machines that write paths in their own ways', () => {
  const lab = driftLab();
  const [agent] = lab.container('agent').mounts.filter(({ target }) => target === '/agent.yaml');
  expect(agent?.source).toBe('c:/lab/compose/pc/watch/agent.yaml');
  for (const source of [
    'C:\\lab\\compose\\pc\\watch\\agent.yaml',
    '/run/desktop/mnt/host/c/lab/compose/pc/watch/agent.yaml',
    '/mnt/c/Lab/compose/pc/watch/agent.yaml',
  ]) {
    lab.change('agent', { mounts: mount(lab, 'agent', '/agent.yaml', { source }) });
    expect(shown(lab)).toEqual([]);
  }
});
