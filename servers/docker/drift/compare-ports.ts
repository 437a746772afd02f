import type { ComposePort } from '@homelab/shared/inventory/compose-port.ts';
import type { DesiredService } from '@homelab/shared/inventory/stack/desired.ts';
import type { ActualContainer, ActualPort } from './actual.ts';
import type { Difference } from './finding.ts';

/** D06: what is published, and how widely. An error where more people can reach it than the contract's `scope` or the compose file allows. */
export function comparePorts(desired: DesiredService, actual: ActualContainer): Difference[] {
  // On the host's network, or in another container's, nothing is published.
  if (desired.networkMode !== undefined || /^(host|none|container:)/.test(actual.networkMode)) return [];
  const place = desired.at(['ports']);
  const variables = desired.doubts.get('ports');
  const wanted = desired.ports.flatMap(eachPort);
  const running = [...new Map(actual.ports.map((port) => [text(tidy(port)), tidy(port)])).values()];
  const missing = wanted.filter((port) => !running.some((one) => same(port, one)));
  const extra = running.filter((one) => !wanted.some((port) => same(port, one)));
  const differences: Difference[] = [];
  for (const port of missing) {
    const instead = extra.findIndex((one) => one.target === port.target && one.protocol === port.protocol);
    const [other] = instead < 0 ? [] : extra.splice(instead, 1);
    const wider = other !== undefined && isWider(other, port);
    differences.push({
      code: 'D06',
      severity: wider ? 'error' : 'warn',
      subject: `port ${port.target}/${port.protocol}`,
      desired: text(port),
      ...(other ? { actual: text(other) } : {}),
      place,
    });
  }
  for (const port of extra) {
    const open = !isLoopback(port) && scopeOf(desired, port) === 'closed';
    const severity = open ? 'error' : 'warn';
    differences.push({ code: 'D06', severity, subject: `port ${port.target}/${port.protocol}`, actual: text(port), place });
  }
  for (const port of running.filter((one) => wanted.some((other) => same(other, one)))) {
    const exposure = exposureOf(desired, port);
    if (!exposure || isLoopback(port) || scopeOf(desired, port) !== 'closed') continue;
    const contract = desired.contract?.at(['exposure', exposure.index]);
    differences.push({
      code: 'D06',
      severity: 'error',
      subject: `port ${port.target}/${port.protocol}`,
      desired: `scope ${exposure.scope}`,
      actual: text(port),
      ...(contract ? { place: contract } : {}),
    });
  }
  return differences.map((one) => (variables ? { ...one, variables } : one));
}

function eachPort(port: ComposePort): ActualPort[] {
  return Array.from({ length: port.count }, (_, index) => ({
    ...(port.address ? { address: port.address } : {}),
    ...(port.published === undefined ? {} : { published: port.published + index }),
    target: port.target + index,
    protocol: port.protocol,
  }));
}

/** The engine writes every address as nothing, `0.0.0.0` or `::`, and sometimes both. */
function tidy(port: ActualPort): ActualPort {
  const { address, ...rest } = port;
  return address === undefined || /^(|0\.0\.0\.0|::)$/.test(address) ? rest : port;
}

function same(wanted: ActualPort, running: ActualPort): boolean {
  if (wanted.target !== running.target || wanted.protocol !== running.protocol || wanted.address !== running.address) return false;
  return wanted.published === undefined || wanted.published === running.published;
}

function isLoopback({ address }: ActualPort): boolean {
  return address !== undefined && /^(127\.|::1$|localhost$)/.test(address);
}

function isWider(running: ActualPort, wanted: ActualPort): boolean {
  if (isLoopback(running)) return false;
  return isLoopback(wanted) || (wanted.address !== undefined && running.address === undefined);
}

function exposureOf(desired: DesiredService, { published, protocol }: ActualPort) {
  const exposure = desired.contract?.value.exposure ?? [];
  const index = exposure.findIndex(
    ({ port, container, protocol: own }) =>
      port === published && (own === 'udp') === (protocol === 'udp') && (container ?? desired.service) === desired.service,
  );
  const scope = exposure[index]?.scope;
  return scope === undefined ? undefined : { index, scope };
}

/** What nobody declared, or declared for the machine or the container alone, is not for the network. */
function scopeOf(desired: DesiredService, port: ActualPort): 'open' | 'closed' {
  const scope = exposureOf(desired, port)?.scope;
  return scope === undefined || scope === 'host' || scope === 'container' ? 'closed' : 'open';
}

function text({ address, published, target, protocol }: ActualPort): string {
  const host = address?.includes(':') ? `[${address}]` : address;
  return `${host ? `${host}:` : ''}${published ?? 'any'}:${target}/${protocol}`;
}
