import { plain } from '@homelab/shared/render/plain.ts';
import { duration } from '@homelab/shared/render/quantity.ts';
import type { Watched } from '../client/watched.ts';

/** What is wrong with a container, in a few words; undefined where nothing is seen. */
export function troubleOf({ state, health, exitCode, since, deaths, restarts, compose }: Watched, now = Date.now()): string | undefined {
  const unasked = deaths.filter(({ asked, exitCode: code }) => !asked && code !== 0);
  const last = unasked.at(-1);
  const length = since ? ` ${age(now - since.getTime())}` : '';
  const parts = [
    ...(state === 'restarting' || state === 'dead' ? [`${state}${exitCode === undefined ? '' : `(${exitCode})`}`] : []),
    ...(state === 'exited' && exitCode !== 0 && !compose?.oneOff ? [`exited(${exitCode ?? '?'})${length} ago`] : []),
    ...(health === 'unhealthy' ? [`unhealthy, up${length}`] : []),
    ...(unasked.length >= 2 ? [`${unasked.length} ends in 6h${unasked.some(({ oom }) => oom) ? ' for memory' : ''}`] : []),
    ...(last && unasked.length >= 2 ? [`last ${age(now - last.at.getTime())} ago (${last.exitCode ?? '?'})`] : []),
    ...(restarts !== undefined && restarts > 0 ? [`${restarts} restart${restarts === 1 ? '' : 's'} in all`] : []),
  ];
  return parts.length > 0 ? plain(parts.join(', '), 160) : undefined;
}

/** One unit is enough to tell how long ago. */
const age = (ms: number): string => duration(Math.max(0, ms)).replace(/ \d.*$/, '');
