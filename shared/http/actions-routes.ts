import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { bearerOf } from '../auth/bearer.ts';
import { Fault, type FaultCode } from '../faults.ts';
import { showAction } from '../safety/action-shown.ts';
import type { Actions } from '../safety/actions.ts';
import { actionPage, enterPage, faultPage, listPage } from './actions-page.ts';
import { PAGE_HEADERS } from './actions-style.ts';
import { type OperatorSession, operatorSessions, SESSION_SECONDS, sameText } from './operator-sessions.ts';
import { tokenAttempts } from './token-attempts.ts';

/** What `/actions` is made of. */
export interface ActionsOptions {
  actions: Actions;
  /** Whose operator's token this is; nobody for an unknown one, a `denied` Fault for one that calls tools. */
  operator: (token: string) => { name: string } | undefined;
  /** Told of every refused token and form, with a short reason. */
  onRefused?: (status: number, reason: string, requestId: string) => void;
}

const MOST_LISTED = 100;
const STATUS: { readonly [code in FaultCode]?: number } = { invalid_input: 400, not_found: 404, conflict: 409, denied: 403 };

/** How this request may decide: a program by its Authorization header, a person by the page's session. */
type Way = { by: string; json: true } | { by: string; json: false; session: OperatorSession };

/** JSON for programs with the operator's token, one plain page for people. Everything behind the Host check. */
export function actionsRoutes(server: string, { actions, operator, onRefused }: ActionsOptions): Router {
  const cookie = `actions_${server.replace(/[^a-z0-9]/gi, '_')}`;
  const sessions = operatorSessions(cookie, (token) => quietly(() => operator(token)));
  const attempts = tokenAttempts();
  const router = Router();

  /** Tries a token; a Fault says that it is none, or that this address tried too often. */
  function admit(req: Request, res: Response, token: string | undefined): { name: string } {
    const address = req.socket.remoteAddress ?? '';
    const wait = attempts.wait(address);
    if (wait > 0) {
      res.status(429).set('retry-after', String(wait));
      onRefused?.(429, 'rate', res.locals.requestId);
      throw new Fault('denied', `Too many wrong tokens; try again in ${wait} s.`);
    }
    try {
      const found = token === undefined ? undefined : operator(token);
      if (found) return found;
      throw new Fault('denied', "This is no operator's token.", {
        hint: 'Make one where the server runs: npm run token -- add NAME --operator.',
      });
    } catch (error) {
      if (error instanceof Fault && error.code === 'denied') {
        attempts.failed(address);
        res.status(401);
        onRefused?.(401, 'operator', res.locals.requestId);
      }
      throw error;
    }
  }

  function wayOf(req: Request, res: Response): Way | undefined {
    const header = req.headers.authorization;
    if (header !== undefined) {
      // SECURITY: nothing behind this line can log or pass on the token.
      delete req.headers.authorization;
      return { by: admit(req, res, bearerOf(header)).name, json: true };
    }
    const session = sessions.of(req.headers.cookie);
    if (session) return { by: session.name, json: false, session };
    if (wantsPage(req)) return undefined;
    res.status(401).set('www-authenticate', `Bearer realm="${server} actions"`);
    throw new Fault('denied', "The operator's token is needed: send `Authorization: Bearer <token>`.", {
      hint: 'Make one where the server runs: npm run token -- add NAME --operator.',
    });
  }

  const page = (res: Response, text: string): void => void res.type('html').send(text);

  router.use((_req, res, next) => {
    res.set(PAGE_HEADERS);
    next();
  });
  router.use(express.urlencoded({ extended: false, limit: '16kb' }), express.json({ limit: '16kb' }));

  router.get('/', (req, res) => {
    const way = wayOf(req, res);
    if (!way) return page(res.status(401), enterPage({}));
    const limit = Math.min(Math.max(1, Number(req.query.limit) || MOST_LISTED), 1000);
    const { actions: some, total, broken } = actions.list({ limit });
    const list = { actions: some.map(showAction), total, broken };
    if (way.json) res.json(list);
    else page(res, listPage(list, way.session));
  });

  router.post('/enter', (req, res) => {
    sameOrigin(req);
    const { token = '', next = '' } = fields(req);
    try {
      admit(req, res, token.trim());
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return page(res, enterPage({ said: sentence(error), next: known(next) ? next : undefined }));
    }
    setCookie(req, res, sessions.open(token.trim()), SESSION_SECONDS);
    res.redirect(303, known(next) ? `/actions/${next}` : '/actions');
  });

  router.post('/leave', (req, res) => {
    const way = wayOf(req, res);
    if (way && !way.json) ofThisPage(req, way.session);
    sessions.close(req.headers.cookie);
    setCookie(req, res, '', 0);
    res.redirect(303, '/actions');
  });

  router.get('/:id', (req, res) => {
    const way = wayOf(req, res);
    const { id } = req.params;
    if (!way) return page(res.status(401), enterPage({ next: known(id) ? id : undefined }));
    const action = showAction(actions.get(id));
    if (way.json) res.json({ action });
    else page(res, actionPage(action, way.session));
  });

  router.post('/:id/:decision', async (req, res, next) => {
    const { id, decision } = req.params;
    if (decision !== 'approve' && decision !== 'deny') return next();
    const way = wayOf(req, res);
    if (!way)
      return page(res.status(401), enterPage({ said: 'Your time here was over; nothing was decided.', next: known(id) ? id : undefined }));
    if (!way.json) ofThisPage(req, way.session);
    const { digest, why, typed } = fields(req);
    try {
      // SECURITY: without what was seen, an action could be another than the person read.
      if (decision === 'approve' && !digest)
        throw new Fault('invalid_input', 'The digest of what is approved is missing.', { hint: 'Take it from the action.' });
      if (decision === 'approve' && !way.json) typedRight(actions, id, typed);
      const action =
        decision === 'approve' ? await actions.approve(id, way.by, { digest: digest ?? '' }) : await actions.deny(id, way.by, why?.trim());
      if (way.json) res.json({ action: showAction(action) });
      else res.redirect(303, `/actions/${action.id}`);
    } catch (error) {
      if (way.json || !(error instanceof Fault)) throw error;
      const there = quietly(() => actions.get(id));
      page(
        res.status(STATUS[error.code] ?? 503),
        there ? actionPage(showAction(there), way.session, sentence(error)) : faultPage(sentence(error), way.session),
      );
    }
  });

  const onFault: ErrorRequestHandler = (error, req, res, next) => {
    if (!(error instanceof Fault) || res.headersSent) return next(error);
    if (res.statusCode === 200) res.status(STATUS[error.code] ?? 503);
    if (wantsPage(req))
      return page(
        res,
        faultPage(
          sentence(error),
          quietly(() => sessions.of(req.headers.cookie)),
        ),
      );
    const { code, message, hint } = error;
    res.json({ error: { code, message, ...(hint ? { hint } : {}) } });
  };
  router.use(onFault);

  // The cookie leaves the browser for this server's page only, is out of reach for scripts, and comes with no request that another site begins.
  const setCookie = (req: Request, res: Response, value: string, seconds: number): void => {
    const secure = req.secure || req.headers['x-forwarded-proto'] === 'https' ? '; Secure' : '';
    res.append('set-cookie', `${cookie}=${value}; Path=/actions; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`);
  };
  return router;
}

const known = (id: string): boolean => /^[0-9a-z]{10}$/.test(id);
const wantsPage = (req: Request): boolean => req.accepts(['json', 'html']) === 'html';
const sentence = ({ message, hint }: Fault): string => [message, hint].filter(Boolean).join(' ');

/** The text fields of a form or of a JSON body. */
function fields(req: Request): { [name in string]?: string } {
  const body: unknown = req.body;
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value === 'string'));
}

// SECURITY: a browser sends the page's origin with every form; a form on another site's page is refused even where a cookie came along.
function sameOrigin(req: Request): void {
  const { origin, host } = req.headers;
  if (origin && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new Fault('denied', 'This form did not come from this page.', { hint: 'Open /actions and try again.' });
}

// SECURITY: and should a browser not keep to that, another site still cannot know what stands in our forms.
function ofThisPage(req: Request, session: OperatorSession): void {
  sameOrigin(req);
  if (!sameText(fields(req).form ?? '', session.form))
    throw new Fault('denied', 'This form is from another visit.', { hint: 'Open the action again.' });
}

function typedRight(actions: Actions, id: string, typed = ''): void {
  const { effect } = actions.get(id);
  const { targets } = showAction(actions.get(id));
  const names = [id, ...(targets.length === 1 ? targets : [])];
  if (effect.level !== 'destructive' || names.includes(typed.trim())) return;
  throw new Fault('invalid_input', 'What was typed is another name, so nothing was approved.');
}

function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
