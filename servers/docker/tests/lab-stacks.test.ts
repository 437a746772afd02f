import { posix } from 'node:path';
import { readComposeTree } from '@homelab/shared/inventory/compose.ts';
import { stacksOf } from '@homelab/shared/inventory/stack/stacks.ts';
import { taggedImage } from '@homelab/shared/lab/images.ts';
import { bytesOf } from '@homelab/shared/lab/volumes.ts';
import { expect, test } from 'vitest';
import { asDeployed } from '../drift/as-deployed.ts';
import { drift } from '../drift/drift.ts';
import { pathOnHost } from '../drift/paths.ts';
import { repository } from './repository.ts';

const { inventory, files, stacks, serviceOf } = repository();
const contracts = inventory.services.map(({ value }) => value).filter(({ runtime }) => runtime.type === 'compose');
const desired = stacksOf(inventory, files).flatMap(({ services }) => services);
const rawOf = (file: string, service: string) =>
  ((readComposeTree(files.get(file) ?? '', file).root?.services ?? {}) as Record<string, Record<string, unknown>>)[service] ?? {};
const hostOf = (name: string) => inventory.hosts.find(({ value }) => value.name === name)?.value;
const fingerprint = (value: string) => `#${value}`;

test('what the repository declares, deployed as it stands, has no drift and leaves nothing undetermined', () => {
  const hosts = asDeployed(inventory, files, fingerprint);
  const { findings, undetermined, compared } = drift({ inventory, files, hosts, fingerprint, now: new Date() });
  expect(findings.map(({ code, host }) => `${code} ${host}`)).toEqual(['D14 macbook']);
  expect(undetermined).toEqual([]);
  expect(compared).toEqual({ hosts: 3, stacks: stacks.length, services: desired.length, containers: desired.length });
  expect(desired.length).toBe(contracts.length);
});

test.each(contracts.map((contract) => [contract.name, contract] as const))('%s is as its contract says', (name, contract) => {
  const service = serviceOf(name);
  const raw = rawOf(contract.runtime.file as string, service.name);
  expect(service.containerName).toBe(contract.runtime.services[0]);
  expect(service.image).toBe(taggedImage(contract.runtime.images[0] as string));
  expect(service.restart).toBe(contract.restart_policy);
  expect(service.memory).toBe(contract.limits?.memory);
  // No swap: a container that swaps takes the machine with it.
  expect(raw.memswap_limit).toBe(raw.mem_limit);
  expect(raw.logging).toMatchObject({
    driver: 'json-file',
    options: { 'max-size': expect.stringMatching(/^\d+m$/), 'max-file': expect.any(String) },
  });
  expect(service.healthcheck).toBe(contract.healthcheck.type !== 'metric');
  expect({ ...contract.privileges, mounts: undefined }).toEqual({
    ...(service.privileged ? { privileged: true } : {}),
    ...(service.networkMode ? { network_mode: service.networkMode } : {}),
    ...(raw.pid ? { pid: raw.pid } : {}),
    ...(service.capAdd.length > 0 ? { cap_add: service.capAdd } : {}),
    mounts: undefined,
  });
});

test.each(contracts.map((contract) => [contract.name, contract] as const))(
  '%s keeps its data and secrets where its contract says',
  (name, contract) => {
    const own = desired.find((one) => one.contract?.value.name === name);
    const volumes = (readComposeTree(files.get(contract.runtime.file ?? '') ?? '', '').root?.volumes ?? {}) as Record<
      string,
      { driver_opts?: { device: string } }
    >;
    const shares = Object.entries(volumes).flatMap(([key, value]) =>
      value?.driver_opts ? [[`${own?.project}_${key}`, value.driver_opts.device]] : [],
    );
    const kept = own?.mounts.map(({ kind, source = '', target }) => {
      const path =
        kind === 'bind'
          ? pathOnHost(source, own.folder, undefined, hostOf(own.host))
          : (new Map(shares as [string, string][]).get(source) ?? source);
      return `${path} at ${target}`;
    });
    for (const { source, target } of contract.persistence) expect(kept).toContain(`${source} at ${target}`);
    const example = files.get(posix.join(posix.dirname(contract.runtime.file ?? ''), '.env.example')) ?? '';
    for (const { from } of contract.secrets) {
      const file = from.replace('file:secrets/', '');
      expect(`${files.get(contract.runtime.file ?? '')}${example}`, from).toContain(file);
      expect(example, `.env.example names ${file}`).toContain(file);
    }
  },
);

test('every stack has an example of its environment that names each variable, and no value of a secret', () => {
  for (const path of stacks) {
    const example = files.get(path.replace('compose.yaml', '.env.example'));
    expect(example, path).toBeDefined();
    const used = new Set([...(files.get(path) ?? '').matchAll(/(?<!\$)\$\{(\w+)/g)].map((match) => match[1] as string));
    const named = new Set([...(example ?? '').matchAll(/^(\w+)=(.*)$/gm)].map((match) => match[1] as string));
    expect(
      [...used].filter((one) => !named.has(one)),
      path,
    ).toEqual([]);
    expect(
      [...named].filter((one) => !used.has(one)),
      path,
    ).toEqual([]);
    for (const [, name, value] of (example ?? '').matchAll(/^(\w+)=(.*)$/gm))
      if (/PASSWORD|TOKEN|KEY/.test(name ?? '')) expect(value).toBe('');
  }
});

test('no secret is written into a stack: files, or variables that the deployment fills', () => {
  for (const path of stacks) {
    const { root } = readComposeTree(files.get(path) ?? '', path);
    for (const secret of Object.values((root?.secrets ?? {}) as Record<string, { file?: string }>)) {
      expect(secret.file).toMatch(/^\.\.\/\.\.\/\.\.\/secrets\/\w+$/);
    }
  }
});

test('the limits of a small machine leave a fifth of its memory', () => {
  for (const host of ['rpi', 'nas']) {
    const sum = contracts
      .filter(({ owner_node }) => owner_node === host)
      .reduce((all, { limits }) => all + bytesOf(limits?.memory ?? '0'), 0);
    expect(sum, host).toBeGreaterThan(0);
    expect(sum, host).toBeLessThanOrEqual(0.8 * bytesOf(hostOf(host)?.resources?.memory ?? '0'));
  }
});

test('the classic docker-compose of the QNAP can read every stack of it', () => {
  for (const path of stacks.filter((one) => one.startsWith('compose/nas/'))) {
    const { root } = readComposeTree(files.get(path) ?? '', path);
    // 1.29 refuses a top-level name and knows no include.
    expect(
      Object.keys(root ?? {})
        .filter((key) => !key.startsWith('x-'))
        .sort(),
      path,
    ).toEqual(['networks', 'secrets', 'services', 'volumes'].filter((key) => root?.[key] !== undefined));
    for (const service of Object.keys(root?.services as object)) {
      expect(rawOf(path, service).build, 'the QNAP cannot build').toBeUndefined();
      expect(rawOf(path, service).deploy, 'ignored there').toBeUndefined();
    }
  }
});
