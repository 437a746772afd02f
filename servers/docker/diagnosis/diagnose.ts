import { bytes, duration } from '@homelab/shared/render/quantity.ts';
import type { Death } from '../client/deaths.ts';
import type { Evidence } from '../client/evidence.ts';
import { exitMeaning } from './exit-code.ts';
import { rhythmOf } from './rhythm.ts';

/** Why a container is as it is; sentences of ours, with names and figures of the engine in them. */
export interface Diagnosis {
  state: 'well' | 'trouble' | 'down';
  verdict: string;
  /** What the verdict rests on. */
  facts: string[];
  /** What to look at or do next, each with its tool or setting. */
  next: string[];
}

const DAY_MS = 86_400_000;

/** Reads the evidence. Says that nothing is wrong only where a healthy or at least running container has not ended by itself in the last day. */
export function diagnose(evidence: Evidence): Diagnosis {
  const { container, deaths, at } = evidence;
  const unasked = deaths.filter(({ asked, exitCode }) => !asked && exitCode !== 0);
  const oom = container.oomKilled || unasked.some((one) => one.oom);
  const facts = [...rhythmFacts(evidence, unasked), ...changeFacts(evidence, unasked)];
  const next = nextSteps(evidence, oom);
  const say = (state: Diagnosis['state'], verdict: string): Diagnosis => ({ state, verdict, facts, next });
  const ago = (date: Date | undefined): string =>
    date ? `${duration(Math.max(0, at.getTime() - date.getTime()))} ago` : 'at an unknown time';
  const limit = container.limits.memory;
  const back = container.state === 'running' || container.state === 'restarting';

  if (oom)
    return say(
      back ? 'trouble' : 'down',
      limit
        ? `It runs out of memory: the kernel kills it at its limit of ${bytes(limit)} (exit 137).`
        : 'It was killed because the machine ran out of memory (exit 137); it has no limit of its own.',
    );
  if (container.state === 'restarting' || (container.state === 'running' && unasked.length >= 2))
    return say('trouble', `It ends and is started again, over and over: ${codeText(unasked.at(-1)?.exitCode ?? container.exitCode)}.`);
  // An engine whose health checks fill its memory forgets an end within minutes; the count of restarts stays.
  const fresh = container.startedAt !== undefined && at.getTime() - container.startedAt.getTime() < DAY_MS;
  if (container.state === 'running' && container.restarts > 0 && fresh && unasked.length === 0)
    return say(
      'trouble',
      `It runs now, but it ended ${container.restarts === 1 ? 'once' : `${container.restarts} times`} and was started again, last ${ago(container.startedAt)}; with which exit code the engine no longer remembers.`,
    );
  if (container.error) return say('down', 'Docker could not start it; what it said stands below.');
  if (container.state === 'created') return say('down', 'It was made and never started.');
  if (container.state === 'paused') return say('down', `It is paused since ${ago(container.since)}; docker_power unpause lets it go on.`);
  if (container.state === 'exited' || container.state === 'dead') {
    const death = deaths.at(-1);
    const who =
      death === undefined ? 'It ended, whether by itself is not remembered,' : death.asked ? 'Somebody stopped it' : 'It ended by itself';
    return say('down', `${who} ${ago(container.finishedAt)}: ${codeText(container.exitCode)}.`);
  }
  if (container.health === 'unhealthy')
    return say(
      'trouble',
      `It runs, but its health check fails${container.failingStreak ? ` (${container.failingStreak} times in a row)` : ''}; what it says stands below.`,
    );
  const broken = evidence.needs.filter(
    ({ kind, containers, docker, unknown }) => kind === 'hard' && docker && !unknown && !containers.some((one) => one.state === 'running'),
  );
  if (broken.length > 0)
    return say('trouble', `It runs, but what it needs does not: ${broken.map(({ name, host }) => `${name} on ${host}`).join(', ')}.`);
  if (container.state !== 'running') return say('down', `Its state is ${container.state}.`);
  const once = unasked.length === 1 ? ` It ended once in the last day (${codeText(unasked[0]?.exitCode)}).` : '';
  const unread = evidence.gaps.length > 0 ? ' Not all could be read, see below.' : '';
  if (container.health === 'starting')
    return say('trouble', `It is starting (${ago(container.startedAt)}); its health is not known yet.${once}`);
  return say(
    once === '' && unread === '' ? 'well' : 'trouble',
    `Nothing wrong is seen: up since ${ago(container.startedAt)}, ${container.health ? 'healthy' : 'without a health check, so what it does is not known'}.${once}${unread}`,
  );
}

const codeText = (code: number | undefined): string =>
  code === undefined ? 'its exit code is not known' : `exit ${code}, ${exitMeaning(code)}`;

function rhythmFacts({ container, at, forgetful }: Evidence, deaths: readonly Death[]): string[] {
  const last = deaths.at(-1);
  if (container.restarts === 0 && !last) return [];
  const rhythm = rhythmOf(deaths);
  const six = deaths.filter((one) => at.getTime() - one.at.getTime() <= 6 * 3_600_000).length;
  return [
    [
      ...(container.restarts > 0 ? [`${container.restarts} restarts since it was made`] : []),
      ...(deaths.length > 0 ? [`${six} ends in 6h${forgetful ? ' remembered' : ''}`] : []),
      ...(rhythm ? [`about every ${duration(rhythm)}`] : []),
      ...(last
        ? [`last ${duration(at.getTime() - last.at.getTime())} ago (${last.exitCode ?? 'no code'}${last.oom ? ', memory' : ''})`]
        : []),
    ].join(', '),
  ];
}

/** What was different before the trouble: another image, a container made anew. */
function changeFacts({ container, events, at }: Evidence, deaths: readonly Death[]): string[] {
  const before = events.findLast(({ action, id }) => action === 'destroy' && id !== container.id)?.attributes.image;
  const age = at.getTime() - container.created.getTime();
  if (age > 7 * 86_400_000) return [];
  const other = before && before !== container.image ? `, before from ${before}` : '';
  const first = deaths[0];
  const since = first && container.restarts >= deaths.length && deaths.length > 0 ? '; the trouble began after that' : '';
  return [`made anew ${duration(age)} ago from ${container.image}${other}${since}`];
}

function nextSteps({ container, contract, linesOf }: Evidence, oom: boolean): string[] {
  const runbook = contract?.runbooks[0];
  return [
    ...(oom && contract?.runtime.file ? [`raise the memory limit in ${contract.runtime.file}, or find what takes it: docker_stats`] : []),
    ...(linesOf !== 'not readable' && (oom || container.restarts > 0) ? ['docker_logs with since for more'] : []),
    ...(runbook ? [`docs_read ${runbook}`] : []),
  ];
}
