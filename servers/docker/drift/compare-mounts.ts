import type { Host } from '@homelab/shared/inventory/host.ts';
import type { DesiredMount, DesiredService } from '@homelab/shared/inventory/stack/desired.ts';
import type { ActualContainer, ActualMount } from './actual.ts';
import type { Difference } from './finding.ts';
import { pathOnHost, samePath } from './paths.ts';

const ANONYMOUS = /^[0-9a-f]{64}$/;
/** The engine's own socket as a path on the host. */
export const SOCKET = /(^|\/)docker\.sock$/;

/** D08: source, target or mode of mounts; data that the contract wants kept and nothing keeps; an anonymous volume where a named one is declared. */
export function compareMounts(desired: DesiredService, actual: ActualContainer, host: Host | undefined): Difference[] {
  const variables = desired.doubts.get('volumes');
  const running = new Map(actual.mounts.filter(({ kind }) => kind !== 'tmpfs').map((mount) => [mount.target, mount]));
  const differences: Difference[] = [];
  const of = (target: string, rest: Pick<Difference, 'desired' | 'actual' | 'place'>): void => {
    differences.push({ code: 'D08', severity: 'error', subject: `mount ${target}`, ...rest, ...(variables ? { variables } : {}) });
  };
  for (const mount of desired.mounts) {
    const found = running.get(mount.target);
    running.delete(mount.target);
    const words = { desired: shown(mount), ...(found ? { actual: shownActual(found) } : {}), place: mount.place };
    if (!found || !sameMount(mount, found, desired, actual, host)) of(mount.target, words);
  }
  for (const [target, mount] of running) {
    // What an image declares with VOLUME gets a volume without a name, and an undeclared socket is a privilege.
    if (mount.kind === 'volume' && ANONYMOUS.test(mount.source)) continue;
    if (mount.kind === 'bind' && SOCKET.test(mount.source)) continue;
    of(target, { actual: shownActual(mount), place: desired.at(['volumes']) });
  }
  for (const [index, kept] of (desired.contract?.value.persistence ?? []).entries()) {
    if (kept.kind === 'tmpfs' || (kept.container ?? desired.service) !== desired.service || !kept.target.startsWith('/')) continue;
    const found = actual.mounts.find(({ target }) => target === kept.target);
    if (
      (found && !(found.kind === 'volume' && ANONYMOUS.test(found.source))) ||
      desired.mounts.some(({ target }) => target === kept.target)
    )
      continue;
    const place = desired.contract?.at(['persistence', index]);
    of(kept.target, {
      desired: `${kept.kind} ${kept.source}`,
      actual: found ? 'an anonymous volume' : 'not mounted',
      ...(place ? { place } : {}),
    });
  }
  return differences;
}

function sameMount(
  mount: DesiredMount,
  found: ActualMount,
  desired: DesiredService,
  actual: ActualContainer,
  host: Host | undefined,
): boolean {
  if (mount.kind !== found.kind || mount.readOnly !== found.readOnly) return false;
  if (mount.source === undefined) return true;
  if (mount.kind === 'volume') return mount.source === found.source;
  const source = pathOnHost(mount.source, desired.folder, actual.compose?.workingDir, host);
  return source === undefined || source === samePath(found.source, host);
}

function shown({ kind, source, readOnly }: DesiredMount): string {
  return `${kind} ${source?.replace('/@repository/', '') ?? 'without a name'}${readOnly ? ' (read-only)' : ''}`;
}

function shownActual({ kind, source, readOnly }: ActualMount): string {
  return `${kind} ${kind === 'volume' && ANONYMOUS.test(source) ? 'without a name' : source}${readOnly ? ' (read-only)' : ''}`;
}
