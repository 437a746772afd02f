import type { Secret } from '../config/secret.ts';
import { Fault } from '../faults.ts';
import type { Log } from '../log/logger.ts';
import type { UpstreamObserver } from '../upstream/ask.ts';
import { upstream } from '../upstream/upstream.ts';
import type { Action } from './action.ts';
import type { ActionChange } from './action-moves.ts';

/** How a notification is written: for ntfy, for a Discord webhook, or as JSON for anything else. */
export const NOTIFY_FORMATS = ['ntfy', 'discord', 'json'] as const;
export type NotifyFormat = (typeof NOTIFY_FORMATS)[number];

export interface NotifierOptions {
  /** Where to post to; who knows it can post too, so it is a secret. */
  url: Secret;
  format: NotifyFormat;
  log: Log;
  observer?: UpstreamObserver;
}

/** Tells a person that an action waits: one of the hooks of `openActions`. */
export interface Notifier {
  after(change: ActionChange): void;
  /** Resolves when nothing is on its way any more. */
  close(): Promise<void>;
}

interface Post {
  body: unknown;
  headers?: Record<string, string>;
}

// SECURITY: this goes through other people's machines. It names the action and nothing of what is in it, and holds no link that would decide.
const WRITTEN: { readonly [format in NotifyFormat]: (action: Action) => Post } = {
  ntfy: (action) => ({
    body: Buffer.from(said(action)),
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      title: `Action ${action.id} waits for you`,
      tags: 'raised_hand',
      priority: 'high',
    },
  }),
  discord: (action) => ({ body: { content: `Action ${action.id} waits for you. ${said(action)}`, allowed_mentions: { parse: [] } } }),
  json: ({ id, server, expires, effect }) => ({ body: { event: 'action_pending', id, tool: effect.tool, server, expires } }),
};

const said = ({ server, expires, effect }: Action): string => `${effect.tool} of ${server}, until ${expires.slice(11, 16)} UTC.`;

/** A hook that posts every new pending action and waits for nothing; what cannot be told is in the log. Throws `invalid_input` for a URL that is none. */
export function notifier({ url, format, log, observer }: NotifierOptions): Notifier {
  const address = URL.canParse(url.reveal()) ? new URL(url.reveal()) : undefined;
  if (!address)
    throw new Fault('invalid_input', 'The address in NOTIFY_URL is not an http or https address.', {
      hint: 'Set it to one like https://ntfy.example/topic.',
    });
  const login = address.username || address.password ? `${address.username}:${address.password}@` : '';
  const service = upstream({
    name: 'the notifier',
    baseUrl: `${address.protocol}//${login}${address.host}`,
    settings: { url: 'NOTIFY_URL', auth: 'NOTIFY_URL' },
    maxBytes: 64 * 1024,
    ...(observer ? { observer } : {}),
  });
  const query = Object.fromEntries(address.searchParams);
  return {
    after({ to, action }) {
      if (to !== 'pending') return;
      service
        .text({ method: 'POST', path: address.pathname, query, ...WRITTEN[format](action) })
        .then(() => log.info('action_told', { action: action.id }))
        .catch((error: unknown) => log.warn('action_untold', { action: action.id, err: error }));
    },
    close: () => service.close(),
  };
}
