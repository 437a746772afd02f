import { HostFault } from './host-fault.ts';

/** The newest API version that this client was tried with, and the oldest one whose answers it understands (Docker 19.03). */
export const NEWEST = '1.45';
export const OLDEST = '1.40';

/** Compares `1.9` with `1.41` as versions: negative, zero or positive. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => text.split('.').map(Number)) as [number[], number[]];
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);
}

/** The version to speak with an engine whose newest is `theirs`; a HostFault where there is none. */
export function agreeOn(host: string, theirs: string | undefined): string {
  if (theirs === undefined) return OLDEST;
  if (!/^\d+\.\d+$/.test(theirs)) throw new HostFault(host, 'broken_answer', `The engine of ${host} names no API version.`);
  if (compareVersions(theirs, OLDEST) < 0)
    throw new HostFault(
      host,
      'api_mismatch',
      `The engine of ${host} is too old: its newest API is ${theirs}, the oldest one understood here is ${OLDEST}.`,
      {
        hint: 'Update Docker there to 19.03 or later.',
      },
    );
  return compareVersions(theirs, NEWEST) < 0 ? theirs : NEWEST;
}

const LIMIT = /client version \d+\.\d+ is too (new|old)\. (?:Maximum|Minimum) supported API version is (\d+\.\d+)/;

/** The version that a refusal asks for; undefined where it is no refusal over the version, a HostFault where it cannot be met. */
export function versionAskedFor(host: string, said: string | undefined): string | undefined {
  const [, which, version] = LIMIT.exec(said ?? '') ?? [];
  if (!version) return undefined;
  if (which === 'old' && compareVersions(version, NEWEST) > 0 && compareVersions(version, '1.52') > 0)
    throw new HostFault(
      host,
      'api_mismatch',
      `The engine of ${host} is too new: it wants API ${version}, the newest one understood here is ${NEWEST}.`,
      {
        hint: 'Update this suite.',
      },
    );
  return agreeOnLimit(host, version);
}

function agreeOnLimit(host: string, version: string): string {
  if (compareVersions(version, OLDEST) < 0) agreeOn(host, version);
  return version;
}
