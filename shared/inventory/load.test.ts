import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileProblemsText } from '../config/yaml-file.ts';
import { Fault } from '../faults.ts';
import { contractPath, contractText, hostsText, inventoryFolder } from '../testing/inventory-folder.ts';
import { hostNamed, servicesNamed } from './inventory.ts';
import { loadInventory } from './load.ts';
import { inside } from './repository-files.ts';

const PROJECT = join(import.meta.dirname, '../..');

function folder(files: Record<string, string>) {
  const made = inventoryFolder(files);
  onTestFinished(made.remove);
  return made;
}

const names = (list: readonly { value: { name: string } }[]) => list.map(({ value }) => value.name);

test('the reference lab loads without a problem', () => {
  const inventory = loadInventory(PROJECT);
  expect(fileProblemsText(inventory.problems)).toBe('');
  expect(names(inventory.hosts)).toEqual(['rpi', 'gaming-pc', 'nas', 'macbook']);
  expect(inventory.services.length).toBeGreaterThan(30);
  expect(inventory.network?.value.dns?.address).toBe('192.0.2.53');
  expect(inventory.services.every(({ value, place }) => place.file === contractPath(value.name))).toBe(true);
});

test('a field is found at its line and column', () => {
  const [service] = loadInventory(PROJECT).services.filter(({ value }) => value.name === 'immich-server');
  const place = service?.at(['exposure', 1, 'domain']);
  expect(place?.file).toBe('infrastructure/services/immich-server.yaml');
  expect(service?.at(['name'])).toMatchObject({ line: 4, column: 1 });
  expect(place?.line).toBeGreaterThan(service?.at(['exposure']).line ?? 0);
});

test('one broken file of many hides no other, and tells every problem with what was meant', () => {
  const { root } = folder({
    'infrastructure/hosts.yaml': hostsText('nas'),
    [contractPath('good')]: contractText('good'),
    [contractPath('broken')]: 'apiVersion: [\n',
    [contractPath('wrong')]: contractText('wrong', 'depend_on: []\nopps: {}\n').replace('restart_policy: none', 'restart_policy: maybe'),
  });
  const { services, hosts, problems } = loadInventory(root);
  expect([names(hosts), names(services)]).toEqual([['nas'], ['good']]);
  const text = fileProblemsText(problems);
  expect(text).toMatch(/^infrastructure\/services\/broken\.yaml:\d+:\d+ /);
  expect(text).toContain('infrastructure/services/wrong.yaml:1:1 depends_on is missing');
  expect(text).toContain('infrastructure/services/wrong.yaml:11:1 depend_on is not known here; did you mean depends_on?');
  expect(text).toContain('infrastructure/services/wrong.yaml:12:1 opps is not known here; did you mean ops?');
  expect(text).toContain('wrong.yaml:9:1 restart_policy is wrong');
});

test('in a list the entries that are right are served beside one that is wrong', () => {
  const { root } = folder({ 'infrastructure/hosts.yaml': hostsText('nas', 'rpi', 'pc').replace('192.0.2.2', '192.0.2.300') });
  const { hosts, problems } = loadInventory(root);
  expect(names(hosts)).toEqual(['nas', 'pc']);
  expect(hosts[1]?.at(['address'])).toMatchObject({ line: 6 });
  expect(fileProblemsText(problems)).toMatch(/^infrastructure\/hosts\.yaml:5:\d+ hosts\[1\]\.address is wrong/);
});

test('Windows line ends, a byte order mark, anchors, merges, unicode names', () => {
  const yaml = `\uFEFF${hostsText('größe', '名前').replace(/\n/g, '\r\n')}`;
  const { root } = folder({
    'infrastructure/hosts.yaml': yaml,
    [contractPath('ärger')]: contractText(
      'ärger',
      `depends_on:
  - &need { service: café, kind: soft, why: coffee }
  - <<: *need
    service: 名前
docs: &pages [docs/a.md]
runbooks: *pages
`,
    ),
  });
  const { hosts, services, problems } = loadInventory(root);
  expect(fileProblemsText(problems)).toBe('');
  expect(names(hosts)).toEqual(['größe', '名前']);
  expect(services[0]?.value.depends_on[1]).toEqual({ service: '名前', kind: 'soft', why: 'coffee' });
  expect(services[0]?.value.runbooks).toEqual(['docs/a.md']);
  expect(hosts[1]?.at(['name'])).toMatchObject({ line: 5, column: 7 });
  expect(names(servicesNamed(loadInventory(root), 'Ärger'))).toEqual(['ärger']);
});

test('a YAML bomb, deep nesting and a huge file are refused shortly, the rest is served', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
    .split('')
    .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefg'[index]}`).join(',')}]\n`)
    .join('')}`;
  const { root } = folder({
    [contractPath('bomb')]: bomb,
    [contractPath('deep')]: `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    [contractPath('good')]: contractText('good'),
    [contractPath('huge')]: 'x'.repeat(1_100_000),
  });
  const { services, problems } = loadInventory(root);
  expect(names(services)).toEqual(['good']);
  expect(problems.map(({ file, message }) => `${file.split('/').at(-1)} ${message}`)).toEqual([
    'bomb.yaml expands too many aliases',
    'deep.yaml is nested too deeply',
    'huge.yaml is larger than 1 MiB or no file',
  ]);
});

test('a thousand mistakes are bounded, and it is said how many are left', () => {
  const { root } = folder({
    [contractPath('a')]: contractText('a', `depends_on: []\n${Array.from({ length: 1000 }, (_, index) => `zzz${index}: 1\n`).join('')}`),
  });
  const { problems } = loadInventory(root);
  expect(problems).toHaveLength(51);
  expect(problems.at(-1)?.message).toBe('has 950 more problems');
});

test('a link out of the repository is never read, one inside is', () => {
  const outside = folder({ 'secret.yaml': contractText('stolen') });
  const { root } = folder({
    'shared-contracts/inner.yaml': contractText('inner'),
    'infrastructure/services/.keep': '',
    '.git/x.yaml': contractText('internal'),
  });
  symlinkSync(join(outside.root, 'secret.yaml'), join(root, contractPath('leak')));
  symlinkSync(join(root, '.git/x.yaml'), join(root, contractPath('git')));
  symlinkSync(outside.root, join(root, 'services'));
  symlinkSync('../../shared-contracts/inner.yaml', join(root, contractPath('inner')));
  symlinkSync('loop.yaml', join(root, contractPath('loop')));
  const { services, problems } = loadInventory(root, ['infrastructure/services/*.yaml', 'services/*.yaml']);
  expect(names(services)).toEqual(['inner']);
  expect(problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
    'infrastructure/services/git.yaml leads out of the repository and is not read',
    'infrastructure/services/leak.yaml leads out of the repository and is not read',
    'services/secret.yaml leads out of the repository and is not read',
  ]);
  expect(JSON.stringify(problems)).not.toContain('stolen');
});

test('folders named like files are passed by, pipes block nothing', () => {
  const { root } = folder({ [contractPath('good')]: contractText('good') });
  mkdirSync(join(root, contractPath('folder')));
  mkdirSync(join(root, 'infrastructure/hosts.yaml'));
  execFileSync('/usr/bin/mkfifo', [join(root, contractPath('pipe'))]);
  expect(loadInventory(root)).toMatchObject({ services: [{ value: { name: 'good' } }], problems: [], hosts: [] });
});

test('where contracts lie is a setting, which cannot leave the repository', () => {
  const { root } = folder({
    'stacks/media/contract.yaml': contractText('media'),
    'deep/er/still/contract.yaml': contractText('still'),
    'node_modules/x/contract.yaml': contractText('vendored'),
    'services/usual/service.yaml': contractText('usual'),
  });
  expect(names(loadInventory(root).services)).toEqual(['usual']);
  expect(names(loadInventory(root, ['stacks/*/contract.yaml']).services)).toEqual(['media']);
  expect(names(loadInventory(root, ['**/contract.yaml']).services).sort()).toEqual(['media', 'still']);
  for (const pattern of ['../*.yaml', '/etc/*.yaml', 'a/../../*.yaml'])
    expect(() => loadInventory(root, [pattern]), pattern).toThrow(Fault);
});

test('the short ending is read too, and never in silence beside the long one', () => {
  const { root, write } = folder({ 'infrastructure/hosts.yml': hostsText('nas') });
  expect(names(loadInventory(root).hosts)).toEqual(['nas']);
  write('infrastructure/hosts.yaml', hostsText('rpi'));
  const both = loadInventory(root);
  expect(names(both.hosts)).toEqual(['rpi']);
  expect(fileProblemsText(both.problems)).toBe('infrastructure/hosts.yml:1:1 is not read, infrastructure/hosts.yaml is there too');
});

test('a file that goes between being listed and being read is told as gone, and hides nothing', () => {
  const { root } = folder({ [contractPath('good')]: contractText('good') });
  expect(() => inside(root, contractPath('gone'))).toThrow(expect.objectContaining({ code: 'not_found' }));
  // Asked for while the list is walked, as late as a file can go.
  const vanishing = { get: () => rmSync(join(root, contractPath('good')), { force: true }), set: () => {} };
  const { services, problems } = loadInventory(root, undefined, vanishing as never);
  expect(services).toEqual([]);
  expect(problems.map(({ message }) => message)).toEqual(['has gone away']);
});

test('no folder, no inventory, an empty file: nothing, and no error', () => {
  const { root } = folder({ [contractPath('empty')]: '' });
  expect(loadInventory(root).services).toEqual([]);
  expect(loadInventory(root).problems).toHaveLength(1);
  rmSync(root, { recursive: true });
  expect(loadInventory(root)).toMatchObject({ hosts: [], services: [], problems: [], files: [] });
});

test('names are found without regard to case, dashes and aliases; one of two equal names hides neither', () => {
  const { root } = folder({
    'infrastructure/hosts.yaml': hostsText('nas'),
    [contractPath('one')]: contractText('pihole-primary', 'depends_on: []\naliases: [Pi-hole]\n'),
    [contractPath('two')]: contractText('pihole-primary'),
    [contractPath('three')]: contractText('other', 'depends_on: []\naliases: [pihole]\n'),
  });
  const inventory = loadInventory(root);
  expect(servicesNamed(inventory, 'PIHOLE_primary')).toHaveLength(2);
  expect(names(servicesNamed(inventory, 'pi hole'))).toEqual(['pihole-primary', 'other']);
  expect(hostNamed(inventory, '192.0.2.1')?.value.name).toBe('nas');
  expect(hostNamed(inventory, 'NAS')?.place).toMatchObject({ file: 'infrastructure/hosts.yaml', line: 4 });
});
