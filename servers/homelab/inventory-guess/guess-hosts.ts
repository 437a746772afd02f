import { isAddress } from '@homelab/shared/inventory/address.ts';
import type { Host } from '@homelab/shared/inventory/host.ts';
import { fold, type Place } from '@homelab/shared/inventory/inventory.ts';
import type { NetworkFile } from '@homelab/shared/inventory/network.ts';
import { nestsTooDeeply } from '@homelab/shared/inventory/yaml-depth.ts';
import { parseDocument } from 'yaml';
import type { SourceFile } from '../client/document.ts';
import { type AnsibleHost, ansibleIni } from './ansible-ini.ts';
import { ansibleYaml, scalars } from './ansible-yaml.ts';
import { type Draft, draft, entityName } from './draft.ts';
import { cell, tableRows } from './markdown-table.ts';

type Device = NetworkFile['devices'][number];

/** Machines and other things with an address, as Ansible, tables and `hosts` files name them. */
export interface GuessedHosts {
  hosts: Draft<Partial<Host> & { name: string }>[];
  devices: Draft<Device>[];
}

const INI = /(^|\/)(inventory|hosts)(\.(ini|cfg))?$|(^|\/)inventor(y|ies)\/.*(\.(ini|cfg)|\/hosts)$|inventory[^/]*\.ini$/i;
const YAML = /(^|\/)(inventory|hosts)\.ya?ml$|(^|\/)inventor(y|ies)\/(?!.*(group|host)_vars\/).*\.ya?ml$/i;
const HOST_VARS = /(^|\/)host_vars\/([^/]+?)(\.ya?ml|\/.*\.ya?ml)$/i;
const NAME_HEAD = /^(name|host ?name|host|machine|server|node|device|system)$/;
const ADDRESS_HEAD = /^(ip|ips|ipv4|address|ip.?address(es)?|lan ip|static ip)$/;
const DEVICE =
  /router|switch|access.?point|\bap\b|printer|camera|phone|tablet|television|\btv\b|gateway|firewall|modem|\bups\b|doorbell|plug|bulb/i;

/** Reads hosts from every file that lists some; the same machine in two places is one host. */
export function guessHosts(files: readonly SourceFile[]): GuessedHosts {
  const found: GuessedHosts = { hosts: [], devices: [] };
  for (const file of files) {
    if (INI.test(file.path)) for (const host of ansibleIni(file.text)) addAnsible(found, host, file.path);
    else if (YAML.test(file.path)) for (const host of ansibleYaml(file.text)) addAnsible(found, host, file.path);
  }
  for (const file of files) {
    const name = HOST_VARS.exec(file.path)?.[2];
    if (name === undefined || nestsTooDeeply(file.text)) continue;
    const variables = scalars(parseDocument(file.text, { logLevel: 'silent', merge: true, prettyErrors: false }).contents);
    if (found.hosts.length > 0 || variables.ansible_host) addAnsible(found, { name, variables, groups: [], line: 1 }, file.path);
  }
  for (const { path, kind, text } of files) if (kind !== 'compose' && /\.(md|markdown|mdx)$/i.test(path)) addTables(found, path, text);
  return found;
}

function addAnsible({ hosts }: GuessedHosts, host: AnsibleHost, file: string): void {
  const { variables } = host;
  if (host.name === 'localhost' || variables.ansible_connection === 'local') return;
  const place = { file, line: host.line, column: 1 };
  const known = hostOf(hosts, host.name, variables.ansible_host, place);
  setAddress(known, variables.ansible_host ?? variables.ansible_ssh_host ?? host.name, place);
  known.value.roles = [...new Set([...(known.value.roles ?? []), ...host.groups])];
  const windows = /winrm|psrp/.test(variables.ansible_connection ?? '') || /powershell|cmd/.test(variables.ansible_shell_type ?? '');
  if (windows) known.value.os = { family: 'windows' };
  const user = variables.ansible_user ?? variables.ansible_ssh_user;
  const port = Number(variables.ansible_port ?? variables.ansible_ssh_port ?? 22);
  if (user && port > 0 && port < 65_536) {
    known.value.ssh = { user, port, ...(windows ? { shell: 'powershell' } : {}) } as Host['ssh'];
    known.places.set('ssh', place);
  }
}

function addTables(found: GuessedHosts, file: string, text: string): void {
  for (const row of tableRows(text)) {
    const name = cell(row, NAME_HEAD);
    const address = cell(row, ADDRESS_HEAD)?.split(/[\s,/]/, 1)[0];
    if (name === undefined || address === undefined || !isAddress(address)) continue;
    const place = { file, line: row.line, column: 1 };
    const about = cell(row, /^(role|purpose|description|notes?|what|use|hardware|model)$/);
    const known = found.hosts.some((host) => isSame(host, name, address));
    if (!known && DEVICE.test(`${name} ${about ?? ''} ${cell(row, /^(type|kind)$/) ?? ''}`)) {
      const kind = DEVICE.exec(`${name} ${about ?? ''}`)?.[0]?.toLowerCase() ?? 'device';
      const device = draft({ name: entityName(name), address, kind, ...(about ? { description: about } : {}) }, place);
      device.guesses.set('kind', 'from its name and what is said of it');
      found.devices.push(device);
      continue;
    }
    const host = hostOf(found.hosts, name, address, place);
    setAddress(host, address, place);
    if (about && !host.value.description) host.value.description = about;
    const mac = cell(row, /^mac( address)?$/);
    if (mac && /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(mac)) host.value.mac = mac.toLowerCase();
    const system = cell(row, /^(os|system|operating system|distro)$/);
    if (system && !host.value.os) host.value.os = { family: familyOf(system), name: system };
  }
}

function hostOf(hosts: GuessedHosts['hosts'], wanted: string, address: string | undefined, place: Place): GuessedHosts['hosts'][number] {
  const known = hosts.find((host) => isSame(host, wanted, address));
  if (known) return known;
  const byAddress = isAddress(wanted);
  const domain = !byAddress && wanted.includes('.') ? wanted.toLowerCase() : undefined;
  const name = entityName(byAddress ? `host-${wanted.replace(/[.:]/g, '-')}` : (wanted.split('.')[0] ?? wanted).toLowerCase());
  const made: GuessedHosts['hosts'][number] = draft(
    { name, ...(domain ? { domain } : {}), ...(name === wanted || domain || byAddress ? {} : { aliases: [wanted] }) },
    place,
  );
  if (byAddress) made.guesses.set('name', 'only its address is written down');
  hosts.push(made);
  return made;
}

function isSame({ value }: GuessedHosts['hosts'][number], wanted: string, address: string | undefined): boolean {
  if (address !== undefined && value.address === address) return true;
  return (
    [value.name, value.domain ?? '', ...(value.aliases ?? [])].some((one) => fold(one) === fold(wanted)) ||
    fold(value.name) === fold(wanted.split('.')[0] ?? '')
  );
}

function setAddress(host: GuessedHosts['hosts'][number], written: string, place: Place): void {
  if (host.value.address !== undefined && isAddress(host.value.address)) return;
  if (!isAddress(written) && !/^[\w-]+(\.[\w-]+)*$/.test(written)) return;
  host.value.address = written;
  host.places.set('address', place);
}

/** The family of an operating system as people write its name. */
export function familyOf(system: string): Host['os']['family'] {
  if (/windows/i.test(system)) return 'windows';
  if (/mac ?os|darwin|os x/i.test(system)) return 'darwin';
  if (/bsd|opnsense|pfsense|truenas core/i.test(system)) return 'bsd';
  return 'linux';
}
