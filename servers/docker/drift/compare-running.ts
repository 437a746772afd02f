import type { DesiredService } from '@homelab/shared/inventory/stack/desired.ts';
import type { ActualContainer } from './actual.ts';
import { SOCKET } from './compare-mounts.ts';
import type { Difference } from './finding.ts';

/** D09: the restart policy. */
export function compareRestart(desired: DesiredService, actual: ActualContainer): Difference[] {
  const { name, most } = actual.restart;
  const running = `${name === '' ? 'no' : name}${name === 'on-failure' && most ? `:${most}` : ''}`;
  if (desired.restart === running) return [];
  const variables = desired.doubts.get('restart');
  return [
    {
      code: 'D09',
      severity: 'warn',
      subject: 'restart policy',
      desired: desired.restart,
      actual: running,
      place: desired.at(['restart']),
      ...(variables ? { variables } : {}),
    },
  ];
}

/** D10: the network mode, or the networks it is in. */
export function compareNetworks(desired: DesiredService, actual: ActualContainer): Difference[] {
  const { networkMode: wanted } = desired;
  const variables = desired.doubts.get(wanted === undefined ? 'networks' : 'network_mode');
  const of = (subject: string, words: { desired: string; actual: string }): Difference[] => [
    {
      code: 'D10',
      severity: 'warn',
      subject,
      ...words,
      place: desired.at([wanted === undefined ? 'networks' : 'network_mode']),
      ...(variables ? { variables } : {}),
    },
  ];
  const mode = actual.networkMode;
  if (wanted !== undefined) {
    const shared = /^(service|container):/.test(wanted);
    const same = shared ? mode.startsWith('container:') : wanted === mode || (wanted === 'bridge' && mode === 'default');
    // A host network that nobody declared is a privilege.
    return same || (mode === 'host' && !declares(desired, 'network_mode')) ? [] : of('network mode', { desired: wanted, actual: mode });
  }
  if (mode === 'host')
    return declares(desired, 'network_mode') ? of('network mode', { desired: desired.networks.join(', '), actual: mode }) : [];
  if (/^(none$|container:)/.test(mode)) return of('network mode', { desired: desired.networks.join(', '), actual: mode });
  const [want, have] = [[...desired.networks].sort(), [...actual.networks].sort()];
  return want.join() === have.join() ? [] : of('networks', { desired: want.join(', '), actual: have.join(', ') });
}

/** D11: a contract that knows how it is well, and a container that does not check it. */
export function compareHealth({ contract, at }: DesiredService, actual: ActualContainer): Difference[] {
  const type = contract?.value.healthcheck.type ?? 'none';
  if (actual.healthcheck === 'set' || type === 'none' || type === 'metric') return [];
  const state = actual.healthcheck === 'disabled' ? 'switched off' : 'none';
  return [{ code: 'D11', severity: 'warn', subject: 'health check', desired: type, actual: state, place: at(['healthcheck']) }];
}

/** D12: rights that neither the contract nor, where there is none, the compose file declares; and declared ones that are not there. */
export function comparePrivileges(desired: DesiredService, actual: ActualContainer): Difference[] {
  const differences: Difference[] = [];
  const add = (subject: string, key: string, words: { desired?: string; actual?: string }, severity: 'error' | 'warn' = 'error') =>
    differences.push({ code: 'D12', severity, subject, ...words, place: desired.at([key]) });
  const capabilities = (list: readonly string[]) => list.map((one) => one.toUpperCase().replace(/^CAP_/, ''));
  if (actual.privileged && !declares(desired, 'privileged')) add('privileged', 'privileged', { actual: 'true' });
  if (!actual.privileged && desired.privileged) add('privileged', 'privileged', { desired: 'true', actual: 'false' }, 'warn');
  const own = desired.contract ? (desired.contract.value.privileges?.cap_add ?? []) : desired.capAdd;
  const have = capabilities(actual.capAdd);
  for (const one of have.filter((cap) => !capabilities(own).includes(cap) && !capabilities(own).includes('ALL')))
    add(`capability ${one}`, 'cap_add', { actual: 'added' });
  for (const one of capabilities(desired.capAdd).filter((cap) => !have.includes(cap)))
    add(`capability ${one}`, 'cap_add', { desired: 'added' }, 'warn');
  const socket = actual.mounts.find(({ kind, source }) => kind === 'bind' && SOCKET.test(source));
  if (socket && !declares(desired, 'socket'))
    add('the engine socket', 'volumes', { actual: `mounted${socket.readOnly ? ' read-only' : ''}` });
  if (actual.networkMode === 'host' && !declares(desired, 'network_mode')) add('host network', 'network_mode', { actual: 'host' });
  if (actual.pidMode === 'host' && !declares(desired, 'pid')) add('host processes', 'pid', { actual: 'host' });
  if (actual.pidMode !== 'host' && desired.pid === 'host') add('host processes', 'pid', { desired: 'host', actual: 'its own' }, 'warn');
  return differences;
}

function declares(desired: DesiredService, what: 'privileged' | 'network_mode' | 'pid' | 'socket'): boolean {
  const { contract } = desired;
  const own = contract?.value.privileges;
  if (what === 'privileged') return contract ? own?.privileged === true : desired.privileged;
  if (what === 'network_mode') return (contract ? own?.network_mode : desired.networkMode) === 'host';
  if (what === 'pid') return (contract ? own?.pid : desired.pid) === 'host';
  if (contract) return own?.mounts?.some((path) => SOCKET.test(path)) ?? false;
  return desired.mounts.some(({ source }) => source !== undefined && SOCKET.test(source));
}
