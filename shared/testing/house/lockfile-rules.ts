interface LockedPackage {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  license?: string;
  dev?: boolean;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  integrity?: string;
}

/** The part of package-lock.json that `npm ci` needs to know what to fetch. */
export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

/** The machines on which `npm ci` must work. */
export const PLATFORMS = [
  { os: 'linux', cpu: 'x64' },
  { os: 'linux', cpu: 'arm64' },
  { os: 'darwin', cpu: 'arm64' },
] as const;

/** What runs as machine code in `npm test` and `npm run check`: the beginnings of its platform packages' names. */
export const NATIVE = ['@biomejs/cli-', '@typescript/typescript-', '@rolldown/binding-', 'lightningcss-'] as const;

const nameOf = (key: string): string => key.split('node_modules/').at(-1) ?? key;

const fits = (locked: LockedPackage, { os, cpu }: (typeof PLATFORMS)[number]): boolean =>
  (locked.os?.includes(os) ?? false) && (locked.cpu?.includes(cpu) ?? false) && (!locked.libc || locked.libc.includes('glibc'));

/** Optional packages that are named and not locked, and platforms that lack a native package: each makes `npm ci` fail or a tool not start. */
export function lockfileBreaches({ packages }: Lockfile): string[] {
  const locked = Object.entries(packages).map(([key, entry]) => ({ name: nameOf(key), ...entry }));
  const names = new Set(locked.map(({ name }) => name));
  const missing = Object.entries(packages).flatMap(([key, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `${key || 'the project'} names the optional package ${name}, which has no entry`),
  );
  const unsealed = locked.filter((entry) => entry.os && !entry.integrity).map(({ name }) => `${name} has no integrity`);
  const lacking = PLATFORMS.flatMap((platform) =>
    NATIVE.filter((prefix) => !locked.some((entry) => entry.name.startsWith(prefix) && fits(entry, platform))).map(
      (prefix) => `no ${prefix}* package for ${platform.os}-${platform.cpu}`,
    ),
  );
  return [...missing, ...unsealed, ...lacking];
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const PERMISSIVE = /^\(?(MIT|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense)\b/;

/** Packages whose manifest names its licence in a way that lockfiles leave out; read in their LICENSE files: MIT. */
const READ_BY_HAND = new Set(['ssh2', 'cpu-features', 'buildcheck']);

/** Versions of ours that are not exact, and packages that are shipped under a licence which does not go with MIT. */
export function dependencyBreaches({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([key, locked]) => {
    if (key.includes('node_modules/')) {
      const licence = locked.license ?? (READ_BY_HAND.has(nameOf(key)) ? 'MIT' : '');
      const foreign = !locked.dev && !locked.link && !PERMISSIVE.test(licence);
      return foreign ? [`${nameOf(key)} is shipped under ${locked.license ?? 'no licence'}`] : [];
    }
    const asked = Object.entries({ ...locked.dependencies, ...locked.devDependencies, ...locked.optionalDependencies });
    return asked
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => `${key || 'the project'} asks for ${name} ${version}, not for one version`);
  });
}
