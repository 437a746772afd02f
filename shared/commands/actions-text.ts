import { ago, duration } from '../render/quantity.ts';
import type { ShownAction, ShownList } from '../safety/action-shown.ts';
import { textTable } from './text-table.ts';

const LONG_CELL = 60;
const RECENT = 20;

/** The table of a list: what waits and runs first, then what ended last. */
export function listText({ actions, total, broken }: ShownList, now = Date.now()): string {
  const open = actions.filter(({ state }) => OPEN.includes(state)).sort((a, b) => OPEN.indexOf(a.state) - OPEN.indexOf(b.state));
  const recent = actions.filter(({ state }) => !OPEN.includes(state)).slice(0, RECENT);
  const rows = [...open, ...recent].map((action) => rowOf(action, now));
  const notes = [
    ...broken.map(({ name, state, why }) => `NOT TRUSTED and not run: ${name} in ${state}: ${why}.`),
    ...(rows.length > 0
      ? [`${rows.length} of ${total} actions; ${open.filter(({ state }) => state === 'pending').length} wait for you`]
      : []),
    ...(open.some(({ state }) => state === 'pending') ? ['Look before you decide: npm run actions -- show ID'] : []),
  ];
  if (rows.length === 0) return ['No actions: nothing waits, and nothing ended in the last 30 days.', ...notes].join('\n');
  return `${textTable(['state', 'id', 'tool', 'on', 'asked by', 'why', 'when'], rows)}\n\n${notes.join('\n')}`;
}

const OPEN: readonly ShownAction['state'][] = ['pending', 'approved', 'running'];

function rowOf(action: ShownAction, now: number): string[] {
  const { state, id, tool, targets, caller, reason = '' } = action;
  return [state, id, tool, cut(targets.join(', ')), caller, cut(reason), whenOf(action, now)];
}

/** When it ends, how far it is, or how it ended. */
export function whenOf(action: ShownAction, now = Date.now()): string {
  const { state, expires, startBy, progress, ended, denied } = action;
  if (state === 'pending') return `expires in ${duration(Math.max(0, Date.parse(expires) - now))}`;
  if (state === 'approved') return `must start in ${duration(Math.max(0, Date.parse(startBy ?? expires) - now))}`;
  if (state === 'running') return progress ? progressOf(progress) : 'runs';
  if (state === 'expired') return 'not approved in time';
  if (denied) return `denied by ${denied.by}`;
  return ended ? `${ended.outcome} ${ago(new Date(ended.at), new Date(now))}` : '';
}

const progressOf = ({ done, total, message }: NonNullable<ShownAction['progress']>): string =>
  [total ? `${done} of ${total}` : done > 0 ? String(done) : 'runs', message].filter(Boolean).join(', ');

const cut = (text: string): string => (text.length > LONG_CELL ? `${text.slice(0, LONG_CELL - 1)}…` : text);

/** Exactly what approving will do, in one or two sentences. */
export function approvingText({ tool, targets, level, server }: ShownAction): string {
  const on = targets.length > 0 ? ` on ${targets.join(', ')}` : '';
  const after = level === 'destructive' ? ' It cannot be taken back.' : level === 'disruptive' ? ' Somebody will notice.' : '';
  return `Approving runs ${tool} once${on}, by ${server}, at once.${after} If what it was asked for has changed since, it does not run.`;
}

/** One action whole: what will happen, what hangs on it, and what came of it. */
export function actionText(action: ShownAction, now = Date.now()): string {
  const {
    id,
    state,
    title,
    tool,
    level,
    server,
    targets,
    dependents = [],
    caller,
    reason,
    preview,
    approved,
    denied,
    ended,
    progress,
  } = action;
  const facts: [string, string | undefined][] = [
    ['state', `${state}${state === 'pending' || state === 'approved' ? `, ${whenOf(action, now)}` : ''}`],
    ['tool', `${tool} of ${server} (${level})`],
    ['on', targets.join(', ') || undefined],
    ['asked by', `${caller}, ${ago(new Date(action.created), new Date(now))}`],
    ['its reason', reason ?? 'none was given'],
    ['hangs on it', dependents.length > 0 ? dependents.join(', ') : undefined],
    ['arguments', action.arguments],
    ['approved', approved && `by ${approved.by}, ${ago(new Date(approved.at), new Date(now))}`],
    ['denied', denied && `by ${denied.by}${denied.why ? `: ${denied.why}` : ''}`],
    ['progress', state === 'running' && progress ? progressOf(progress) : undefined],
    ['stop asked', state === 'running' && action.cancelAsked ? `by ${action.cancelAsked.by}` : undefined],
    ['ended', ended && `${ended.outcome}, ${ago(new Date(ended.at), new Date(now))}`],
  ];
  const told = facts.flatMap(([name, value]) => (value ? [`  ${name.padEnd(12)}${value}`] : []));
  const block = (name: string, text: string) => ['', `${name}:`, ...text.split('\n').map((line) => `  | ${line}`)];
  return [
    `${id}: ${title}`,
    ...told,
    ...block('What will happen', preview),
    ...(ended ? block('What came of it', [ended.text, ended.note].filter(Boolean).join('\n')) : []),
    ...(state === 'pending' ? ['', approvingText(action)] : []),
  ].join('\n');
}
