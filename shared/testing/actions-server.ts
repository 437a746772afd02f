import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorOf } from '../auth/authenticate.ts';
import { openTokens, type TokenStore } from '../auth/token-store.ts';
import { type Actions, openActions } from '../safety/actions.ts';
import { digestOf, type Effect } from '../safety/effect.ts';
import { fixtureServer, shelf } from './fixture-server.ts';
import { start } from './start.ts';

/** A server with `/actions` on fresh folders, and what a test needs to ask and to decide. */
export interface ActionsServer {
  /** `http://127.0.0.1:port` */
  base: string;
  actions: Actions;
  tokens: TokenStore;
  /** The operator `phone`'s token. */
  operator: string;
  /** Proposes an action, with an effect of which parts may be given; gives its id. */
  propose: (parts?: Partial<Effect>, reason?: string) => Promise<string>;
  close: () => Promise<void>;
}

export async function startActionsServer(): Promise<ActionsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'actions-server-'));
  const actions = openActions(join(folder, 'actions'), { key: Buffer.alloc(32, 7) });
  const tokens = openTokens(join(folder, 'tokens.json'));
  const operator = tokens.add({ name: 'phone', operator: true });
  const serving = await start(fixtureServer, shelf(), { actions: { actions, operator: (token) => operatorOf(tokens, token) } });
  return {
    base: new URL(serving.url).origin,
    actions,
    tokens,
    operator,
    close: serving.close,
    async propose(parts = {}, reason = 'It has been restarting all morning.') {
      const essence = { tool: 'container_remove', arguments: { name: 'grafana' }, targets: ['nas/grafana'], ...parts };
      const effect: Effect = {
        title: 'Remove a container',
        level: 'destructive',
        preview: 'Removes the container grafana on nas.\nIts volume grafana-data stays.',
        dependents: ['homepage', 'uptime-kuma'],
        look: 'shelf_list',
        digest: digestOf(essence),
        ...essence,
      };
      const { id } = await actions.propose(effect, { server: 'mcp-fixture', caller: 'laptop', reason });
      return id;
    },
  };
}
