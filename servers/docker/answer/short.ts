import { plain } from '@homelab/shared/render/plain.ts';
import { duration } from '@homelab/shared/render/quantity.ts';
import type { Container, PublishedPort } from '../client/container.ts';

/** An image without its registry and owner; only its tag where its name is the container's. */
export function shortImage(image: string, container = ''): string {
  const name = plain(image.replace(/@sha256:([0-9a-f]{8})[0-9a-f]*$/, '@$1').replace(/^sha256:/, ''), 120);
  const last = name.slice(name.lastIndexOf('/') + 1);
  return container !== '' && last.startsWith(`${container}:`) ? last.slice(container.length) : last;
}

/** `8096`, `3000>8080`, `53/udp`; ports that are not published are left out. */
export function shortPorts(ports: readonly PublishedPort[]): string {
  const shown = ports.flatMap(({ host, container, protocol, address }) => {
    if (host === undefined) return [];
    const bound = address && address !== '0.0.0.0' && address !== '::' ? `${address}:` : '';
    return [`${bound}${host}${host === container ? '' : `>${container}`}${protocol === 'tcp' ? '' : `/${protocol}`}`];
  });
  return [...new Set(shown)].join(',');
}

/** `up 12d 4h`, `exited(137) 5m ago`, `paused`: state, and since when as far as it is known. */
export function stateText(
  { state, since, exitCode, health }: Pick<Container, 'state' | 'since' | 'exitCode' | 'health'>,
  now = Date.now(),
): string {
  const length = since ? duration(Math.max(0, now - since.getTime())) : undefined;
  const code = exitCode === undefined ? '' : `(${exitCode})`;
  if (state === 'running') return [`up${length ? ` ${length}` : ''}`, ...(health ? [health] : [])].join(' ');
  return `${state}${code}${length ? ` ${length}${state === 'paused' ? '' : ' ago'}` : ''}`;
}

/** A name or id of an engine as it may stand in a reply. */
export const nameText = (name: string): string => plain(name, 80);
