import type { Host } from '@homelab/shared/inventory/host.ts';
import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import { guessedText, pagesText, portsText, some } from './words.ts';

const SERVICES = 40;

/** What a machine is, how it is reached and what runs there, a line each; third-party text, never a secret. */
export function hostLines(inventory: Inventory, host: Host): string[] {
  const { address, domain, network, os, arch, resources: hardware, deploy_root, labels, notes } = host;
  const system = [os.name, os.version].filter(Boolean).join(' ') || os.family;
  const parts = [hardware?.cpu, hardware?.cores && `${hardware.cores} cores`, hardware?.memory, hardware?.gpu].filter(Boolean);
  const vips = inventory.vips.flatMap(({ value }) =>
    value.holders.filter((holder) => holder.host === host.name).map(({ state }) => `${value.name} ${value.address} (${state})`),
  );
  const runs = inventory.services.filter(({ value }) => value.owner_node === host.name).map(({ value }) => value);
  const services = runs.map((value) => {
    const ports = portsText(value, 4);
    return ports ? `${value.name} ${ports}` : value.name;
  });
  const metrics = [selector(labels.metrics), labels.instances.length > 0 ? `at ${some(labels.instances, 4)}` : '']
    .filter(Boolean)
    .join(' ');
  const logs = selector(labels.logs);
  const told: [string, string | undefined][] = [
    ['', host.description],
    [
      '',
      [address, domain, network && `network ${network}`, `${system}, ${arch ?? 'unknown architecture'}`, parts.join(', ')]
        .filter(Boolean)
        .join(' · '),
    ],
    ['roles', host.roles.join(', ')],
    ['disks', hardware?.disks.map(({ name, mount, size, kind }) => [name, mount, size, kind].filter(Boolean).join(' ')).join('; ')],
    ['reach', `${sshText(host)} · ${dockerText(host)}${deploy_root ? ` · stacks in ${deploy_root}` : ''}`],
    ['holds', vips.join(', ')],
    ['metrics', [metrics, logs && `logs ${logs}`].filter(Boolean).join(' · ')],
    ['asleep', host.sleepy ? 'often, which is no fault' : ''],
    ['reboot', notes.reboot],
    ['sudo', notes.sudo],
    ['note', notes.other],
    [`services (${runs.length})`, runs.length > 0 ? list(services) : 'none'],
    ['docs', pagesText([...host.runbooks, ...host.docs])],
    ['guessed', guessedText(host.guessed)],
  ];
  return told.flatMap(([name, text]) => (text ? [name ? `${name}: ${text}` : text] : []));
}

function list(services: readonly string[]): string {
  const rest = services.length - SERVICES;
  return `${services.slice(0, SERVICES).join('; ')}${rest > 0 ? `; and ${rest} more: inventory_list kind services` : ''}`;
}

function sshText({ ssh, address }: Host): string {
  if (ssh === 'none') return 'no SSH';
  const port = ssh.port === 22 ? '' : `:${ssh.port}`;
  const key = ssh.fingerprint ? 'key pinned' : ssh.trust ? 'key trusted on first use' : 'key not pinned';
  return `ssh ${ssh.user}@${address}${port} (${ssh.shell}, ${key}${ssh.jump ? `, through ${ssh.jump}` : ''})`;
}

function dockerText({ docker }: Host): string {
  if (docker === 'none' || docker.transport.length === 0) return 'no Docker';
  return `docker by ${docker.transport.join(', ')}${docker.build ? '' : ', no builds'}${docker.path ? ` (${docker.path})` : ''}`;
}

function selector(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}
