import { ago, duration } from '../render/quantity.ts';
import type { ShownAction, ShownList } from '../safety/action-shown.ts';
import { STYLE } from './actions-style.ts';
import { Html, html } from './html.ts';
import type { OperatorSession } from './operator-sessions.ts';

interface Frame {
  title: string;
  session?: OperatorSession | undefined;
  /** Seconds until the page loads itself again. */
  again?: number | undefined;
  body: Html;
}

function frame({ title, session, again, body }: Frame): string {
  const bye =
    session &&
    html`<form method="post" action="/actions/leave"><input type="hidden" name="form" value="${session.form}"><button class="link">Leave (${session.name})</button></form>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${again !== undefined && html`<meta http-equiv="refresh" content="${again}">`}
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header><b><a href="/actions">Actions</a></b>${bye}</header>
<main>
${body}
</main>
</body>
</html>
`.text;
}

/** Asks for the operator's token; `next` is an action's id to go on to. */
export function enterPage({ said, next }: { said?: string | undefined; next?: string | undefined }): string {
  const body = html`<h1>Who decides?</h1>
${said && html`<p class="note said">${said}</p>`}
<p>What an AI may not do by itself waits here until a person decides. Give the operator's token to see it.</p>
<form method="post" action="/actions/enter">
${next && html`<input type="hidden" name="next" value="${next}">`}
<input type="text" name="user" value="operator" autocomplete="username" hidden>
<label for="token">Operator's token</label>
<input type="password" id="token" name="token" required autocomplete="current-password" autocapitalize="off" spellcheck="false">
<button>Go on</button>
</form>
<footer>No token yet? Where the server runs: npm run token -- add NAME --operator</footer>`;
  return frame({ title: 'Actions', body });
}

/** What waits, what runs and what ended last. */
export function listPage({ actions, total, broken }: ShownList, session: OperatorSession, now = Date.now()): string {
  const of = (...states: ShownAction['state'][]) => actions.filter(({ state }) => states.includes(state));
  const waiting = of('pending').toReversed();
  const going = of('approved', 'running');
  const ended = of('completed', 'failed', 'denied', 'expired').slice(0, 20);
  const section = (name: string, some: readonly ShownAction[]) =>
    some.length > 0 && html`<h2>${name}</h2>${some.map((action) => card(action, now))}`;
  const body = html`<h1>${waiting.length === 0 ? 'Nothing waits for you' : waiting.length === 1 ? 'One action waits for you' : `${waiting.length} actions wait for you`}</h1>
${broken.map(({ name, state, why }) => html`<p class="note said">Not trusted and not run: ${name} in ${state}: ${why}.</p>`)}
${waiting.map((action) => card(action, now))}
${section('Running', going)}
${section('Ended', ended)}
<footer>${waiting.length + going.length + ended.length} of ${total} actions. What nobody approves expires after 15 minutes.</footer>`;
  return frame({ title: waiting.length > 0 ? `(${waiting.length}) Actions` : 'Actions', session, again: 10, body });
}

function card(action: ShownAction, now: number): Html {
  const { id, title, level, state, targets, tool, caller } = action;
  const tag = state === 'pending' ? html`<span class="tag ${level}">${level}</span>` : html`<span class="tag ${state}">${state}</span>`;
  return html`<a class="card" href="/actions/${id}"><span class="row"><span class="soft">${tool}</span>${tag}</span>
<b>${title}</b>
<span>${targets.join(', ')}</span>
<span class="row soft"><span>asked by ${caller}</span><span>${when(action, now)}</span></span></a>`;
}

function when({ state, expires, ended, created, denied, progress }: ShownAction, now: number): string {
  const to = (time: string) => duration(Math.max(0, Date.parse(time) - now));
  if (state === 'pending') return `expires in ${to(expires)}`;
  if (state === 'running' && progress?.total) return `${progress.done} of ${progress.total}`;
  return ago(new Date(ended?.at ?? denied?.at ?? created), new Date(now));
}

/** One action: what will happen, what hangs on it, and the two buttons while it waits. */
export function actionPage(action: ShownAction, session: OperatorSession, said?: string, now = Date.now()): string {
  const { id, title, level, state, tool, server, targets, dependents = [], caller, reason, preview, progress, ended } = action;
  const fact = (name: string, value: string | undefined) => value && html`<dt>${name}</dt><dd>${value}</dd>`;
  const body = html`<div class="row"><span class="tag ${level}">${level}</span><span class="tag ${state}">${state}</span></div>
<h1>${title}</h1>
${said && html`<p class="note said">${said}</p>`}
<div class="card"><dl>
${fact('On', targets.join(', '))}
${fact('Asked by', `${caller}, ${ago(new Date(action.created), new Date(now))}`)}
${fact('Its reason', reason ? `“${reason}”` : 'none was given')}
${fact('Hangs on it', dependents.join(', ') || undefined)}
${fact('Tool', `${tool} of ${server}`)}
${state === 'pending' && fact('Expires', `in ${duration(Math.max(0, Date.parse(action.expires) - now))}`)}
${fact('Approved', action.approved && `by ${action.approved.by}`)}
${fact('Denied', action.denied && `by ${action.denied.by}${action.denied.why ? `: ${action.denied.why}` : ''}`)}
${state === 'running' && fact('Progress', progress && [`${progress.done}${progress.total ? ` of ${progress.total}` : ''}`, progress.message].filter(Boolean).join(', '))}
${fact('Ended', ended && `${ended.outcome}, ${ago(new Date(ended.at), new Date(now))}`)}
</dl></div>
${ended && html`<h2>What came of it</h2><pre>${[ended.text, ended.note].filter(Boolean).join('\n')}</pre>`}
<h2>${state === 'pending' ? 'What will happen' : 'What was asked for'}</h2>
<pre>${preview}</pre>
<details><summary>Arguments</summary><pre>${action.arguments}</pre></details>
${state === 'pending' && decide(action, session)}
${state === 'approved' && html`<p class="note">${server} starts it within a second, if it runs.</p>`}
<footer><a href="/actions">All actions</a> · ${id}</footer>`;
  // Never while something may be typed.
  const again = state === 'approved' || state === 'running' ? 2 : undefined;
  return frame({ title: `${title}: ${state}`, session, again, body });
}

function decide({ id, level, digest, targets, tool, server }: ShownAction, { form }: OperatorSession): Html {
  const name = targets.length === 1 ? targets[0] : undefined;
  const hidden = html`<input type="hidden" name="form" value="${form}"><input type="hidden" name="digest" value="${digest}">`;
  const destroys = level === 'destructive';
  return html`<h2>Decide</h2>
<p>Approving runs ${tool} once, by ${server}, at once.${destroys && html` <b>It cannot be taken back.</b>`} If what it was asked for has changed since, it does not run.</p>
<form method="post" action="/actions/${id}/approve">${hidden}
${destroys && html`<label for="typed">Type <b>${name ?? id}</b> to approve</label><input type="text" id="typed" name="typed" required autocomplete="off" autocapitalize="off" spellcheck="false">`}
<button class="${destroys ? 'red' : 'go'}">Approve</button></form>
<form method="post" action="/actions/${id}/deny">${hidden}
<label for="why">Why not? <span class="soft">(the AI reads it; may stay empty)</span></label><input type="text" id="why" name="why" maxlength="300" autocomplete="off">
<button class="no">Deny</button></form>`;
}

/** Anything that went wrong, in a sentence. */
export function faultPage(said: string, session?: OperatorSession): string {
  return frame({
    title: 'Actions',
    session,
    body: html`<h1>That did not work</h1><p class="note said">${said}</p><p><a href="/actions">All actions</a></p>`,
  });
}
