import { expect, test } from 'vitest';
import { type Lockfile, lockfileBreaches, NATIVE, PLATFORMS } from './lockfile-rules.ts';

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
