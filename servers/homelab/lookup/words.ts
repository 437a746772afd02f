import type { Place } from '@homelab/shared/inventory/inventory.ts';
import type { Exposure, Service } from '@homelab/shared/inventory/service.ts';
import { plain } from '@homelab/shared/render/plain.ts';

/** `infrastructure/hosts.yaml:12` */
export function placeText({ file, line }: Place): string {
  return `${plain(file, 160)}:${line}`;
}

/** Published ports and the names in front of them, briefly: `53/udp, 8081 pihole.home.arpa, photos.example.net PUBLIC`. */
export function portsText({ exposure }: Service, most = 6): string {
  const shown = exposure.filter(({ scope }) => scope !== 'container').map(portText);
  const rest = shown.length - most;
  return `${shown.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** One exposure, briefly: `8081 pihole.home.arpa via caddy`. */
export function portText({ port, address, protocol, domain, via, scope }: Exposure): string {
  const number = port === undefined ? '' : `${address ? `${address}:` : ''}${port}${protocol === 'udp' ? '/udp' : ''}`;
  const reach = scope === 'public' ? 'PUBLIC' : scope === 'lan' ? '' : `(${scope})`;
  return [number, domain === undefined ? '' : plain(domain, 80), via ? `via ${via}` : '', reach].filter((part) => part !== '').join(' ');
}

/** The first `most` of a list, and how many more there are. */
export function some(items: readonly string[], most: number): string {
  const rest = items.length - most;
  return `${items.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Pages by the names that docs_read takes: `dns-down`, `ADR 13`; other paths as they are. */
export function pagesText(paths: readonly string[]): string {
  const decisions = paths.flatMap((path) => /(?:^|\/)decisions\/0*(\d+)-[^/]*\.md$/.exec(path)?.[1] ?? []);
  const others = paths.filter((path) => !/(?:^|\/)decisions\/0*\d+-[^/]*\.md$/.test(path));
  const names = others.map((path) => /(?:^|\/)runbooks\/([^/]+)\.md$/.exec(path)?.[1] ?? path);
  return [...names, ...decisions.map((number) => `ADR ${number}`)].join(', ');
}

/** `plain`, with the indentation kept. */
export function plainIndented(line: string, max: number): string {
  const text = line.trimStart();
  return ' '.repeat(line.length - text.length) + plain(text, max);
}

/** Names that begin with a text, then those that hold it, in any case. */
export function beginning(text: string, names: readonly string[]): string[] {
  const wanted = text.toLowerCase();
  const starts = names.filter((name) => name.toLowerCase().startsWith(wanted));
  return [...starts, ...names.filter((name) => !name.toLowerCase().startsWith(wanted) && name.toLowerCase().includes(wanted))];
}

/** Guessed fields by what they belong to: `owner_node, exposure, persistence`. */
export function guessedText(fields: readonly string[]): string {
  return [...new Set(fields.map((field) => plain(field.replace(/[[.].*$/, ''), 60)))].join(', ');
}
