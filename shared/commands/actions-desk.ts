import { z } from 'zod';
import { Fault } from '../faults.ts';
import { ShownAction, ShownList, showAction } from '../safety/action-shown.ts';
import type { Actions } from '../safety/actions.ts';
import { commandUser } from './command-user.ts';

/** Where a person looks at actions and decides: this machine's state folder, or a server somewhere. */
export interface Desk {
  list(): Promise<ShownList>;
  get(id: string): Promise<ShownAction>;
  /** The digest of what was shown: another effect is a `conflict`. */
  approve(id: string, digest: string): Promise<ShownAction>;
  deny(id: string, why?: string): Promise<ShownAction>;
}

const MOST = 200;
const ANSWER_MS = 10_000;

/** The desk on a state folder; decisions are made in the name of the system's user. */
export function localDesk(actions: Actions): Desk {
  const by = commandUser();
  return {
    async list() {
      const { actions: some, total, broken } = actions.list({ limit: MOST });
      return { actions: some.map(showAction), total, broken };
    },
    get: async (id) => showAction(actions.get(id)),
    approve: async (id, digest) => showAction(await actions.approve(id, by, { digest })),
    deny: async (id, why) => showAction(await actions.deny(id, by, why)),
  };
}

const Refused = z.object({ error: z.object({ code: z.string(), message: z.string().max(1_000), hint: z.string().max(500).optional() }) });
const One = z.object({ action: ShownAction });

/** The desk of a server at `http://host:port`, with the operator's token. */
export function remoteDesk(base: string, token: string): Desk {
  const root = `${base.replace(/\/+$/, '').replace(/\/(actions|mcp)$/, '')}/actions`;

  async function ask<Schema extends z.ZodType>(schema: Schema, path: string, body?: object): Promise<z.output<Schema>> {
    let answer: Response;
    try {
      answer = await fetch(root + path, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
        // SECURITY: a redirect would carry the token to wherever it points.
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
    } catch (cause) {
      throw new Fault('unavailable', `${root} does not answer.`, { hint: 'Look whether the server runs and the address is right.', cause });
    }
    const data: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) {
      const parsed = schema.safeParse(data);
      if (parsed.success) return parsed.data;
      throw new Fault('upstream', `${root} answers, but not as this suite does.`, {
        hint: 'Give --url the address of one of its servers.',
      });
    }
    const refused = Refused.safeParse(data);
    if (refused.success)
      throw new Fault('denied', refused.data.error.message, refused.data.error.hint ? { hint: refused.data.error.hint } : {});
    throw new Fault('upstream', `${root} answers with status ${answer.status}.`);
  }

  return {
    list: () => ask(ShownList, `?limit=${MOST}`),
    get: async (id) => (await ask(One, `/${encodeURIComponent(id)}`)).action,
    approve: async (id, digest) => (await ask(One, `/${encodeURIComponent(id)}/approve`, { digest })).action,
    deny: async (id, why) => (await ask(One, `/${encodeURIComponent(id)}/deny`, why ? { why } : {})).action,
  };
}
