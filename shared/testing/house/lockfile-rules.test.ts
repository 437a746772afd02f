import { expect, test } from 'vitest';
import { dependencyBreaches, type Lockfile, lockfileBreaches, NATIVE, PLATFORMS } from './lockfile-rules.ts';

/** A lockfile with all native packages of all platforms. */
function complete(): Lockfile {
  const native = PLATFORMS.flatMap(({ os, cpu }) =>
    NATIVE.map((prefix) => [`node_modules/${prefix}${os}-${cpu}`, { os: [os], cpu: [cpu], integrity: 'sha512-x' }]),
  );
  return { packages: Object.fromEntries(native) };
}

test('a complete lockfile passes', () => expect(lockfileBreaches(complete())).toEqual([]));

test('an optional package without an entry is named', () => {
  const lock = complete();
  lock.packages['node_modules/fast'] = { optionalDependencies: { 'fast-darwin-arm64': '1.0.0' } };
  expect(lockfileBreaches(lock)).toEqual(['node_modules/fast names the optional package fast-darwin-arm64, which has no entry']);
});

test('a platform that lacks a native package is named', () => {
  const lock = complete();
  delete lock.packages['node_modules/@biomejs/cli-darwin-arm64'];
  expect(lockfileBreaches(lock)).toEqual(['no @biomejs/cli-* package for darwin-arm64']);
});

test('a musl build does not stand in for glibc, and a package needs its integrity', () => {
  const lock = complete();
  lock.packages['node_modules/lightningcss-linux-arm64'] = { os: ['linux'], cpu: ['arm64'], libc: ['musl'] };
  expect(lockfileBreaches(lock)).toEqual(['lightningcss-linux-arm64 has no integrity', 'no lightningcss-* package for linux-arm64']);
});

test('a range and a licence that does not go with MIT are named; what only develops is free', () => {
  const packages = {
    shared: { dependencies: { zod: '^4.0.0', express: '5.3.0', odd: '1.0.0-alpha.12' }, devDependencies: { vitest: 'latest' } },
    'node_modules/zod': { license: 'MIT' },
    'node_modules/a/node_modules/copyleft': { license: 'AGPL-3.0' },
    'node_modules/silent': {},
    'node_modules/tool': { license: 'MPL-2.0', dev: true },
    'node_modules/@homelab/shared': { link: true },
  };
  expect(dependencyBreaches({ packages })).toEqual([
    'shared asks for zod ^4.0.0, not for one version',
    'shared asks for vitest latest, not for one version',
    'copyleft is shipped under AGPL-3.0',
    'silent is shipped under no licence',
  ]);
});
