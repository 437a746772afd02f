import { plain } from '@homelab/shared/render/plain.ts';
import { ago, duration, number } from '@homelab/shared/render/quantity.ts';
import { zoned } from '@homelab/shared/render/time.ts';
import type { Holding } from '../client/fleet.ts';
import type { Pending } from '../client/watch.ts';
import type { Each } from './settled.ts';
import { type NodeLook, warningsOf } from './warnings.ts';

/** How the resolvers are, in lines. */
export interface Overview {
  at: string;
  piholes: { name: string; role: string; line?: string; trouble?: string }[];
  holder: string;
  warnings: string[];
  failover: string;
}

/** Shapes what every Pi-hole told. */
export function overviewOf(
  each: readonly Each<NodeLook>[],
  holding: Holding,
  pending: readonly Pending[],
  zone: string | undefined,
): Overview {
  const { warnings, failover } = warningsOf(each, holding, pending);
  const held = !holding.configured
    ? 'no shared address is configured'
    : holding.holders.length > 0
      ? `${holding.holders.join(', ')} (seen by ${holding.by === 'both' ? 'API and interfaces' : holding.by})`
      : 'nobody';
  return {
    at: zoned(new Date(), zone),
    piholes: each.map(({ name, role, value, trouble }) => ({
      name,
      role,
      ...(value ? { line: lineOf(value) } : {}),
      ...(trouble ? { trouble } : {}),
    })),
    holder: held,
    warnings: warnings.map((warning) => plain(warning, 240)),
    failover,
  };
}

/** The same as text. */
export function overviewText({ at, piholes, holder, warnings, failover }: Overview): string {
  return [
    ...piholes.map(({ name, role, line, trouble }) => `${name} (${role}): ${line ?? `NOT ANSWERING · ${trouble}`}`),
    `shared address: ${holder}`,
    `failover now: ${failover}`,
    ...(warnings.length > 0 ? ['wrong:', ...warnings.map((warning) => `- ${warning}`)] : ['nothing wrong was found']),
    `at ${at}; figures of 24 h`,
  ].join('\n');
}

function lineOf({ blocking, summary, seats, version, dns }: NodeLook): string {
  const timer = blocking.seconds === undefined ? '' : `, back in ${duration(blocking.seconds * 1000)}`;
  const { gravity } = summary;
  return [
    `blocking ${blocking.odd ? 'UNKNOWN' : blocking.on ? 'on' : `OFF${timer}`}`,
    dns ? `DNS ${dns}` : 'DNS ok',
    gravity.domains === undefined
      ? 'gravity UNREADABLE'
      : `gravity ${number(gravity.domains)} ${gravity.updated ? ago(gravity.updated) : 'never'}`,
    `${number(summary.queries)} queries, ${summary.percent.toFixed(0)} % blocked, ${summary.clients} clients`,
    ...(seats ? [`seats ${seats.taken.length}/${seats.most}`] : []),
    ...(version ? [version] : []),
  ].join(' · ');
}
