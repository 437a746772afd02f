import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '../config/secret.ts';
import { logger } from '../log/logger.ts';
import { openActions } from './actions.ts';
import { digestOf, type Effect } from './effect.ts';
import { type NotifyFormat, notifier } from './notify.ts';

interface Seen {
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

const seen: Seen[] = [];
let status = 200;
const server = createServer(async (req, res) => {
  seen.push({ url: req.url, headers: req.headers, body: await text(req) });
  res.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:9/' } : {}).end(status === 204 ? undefined : 'thanks');
});
const written: string[] = [];
const log = logger({ name: 'mcp-docker', destination: { write: (line) => written.push(line) } });
let base: string;
beforeEach(async () => {
  seen.length = 0;
  written.length = 0;
  status = 200;
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => void server.closeAllConnections());

const args = { name: 'grafana', password: 'hunter2hunter2' };
const effect: Effect = {
  tool: 'container_remove',
  title: 'Remove grafana',
  level: 'destructive',
  targets: ['nas/grafana'],
  preview: 'Removes grafana.',
  arguments: args,
  digest: digestOf({ tool: 'container_remove', arguments: args, targets: ['nas/grafana'] }),
};

function asking(url: string, format: NotifyFormat) {
  const hooks = notifier({ url: new Secret(url), format, log });
  const folder = join(mkdtempSync(join(tmpdir(), 'notify-')), 'actions');
  const actions = openActions(folder, { key: Buffer.alloc(32, 7), hooks });
  return {
    actions,
    hooks,
    propose: () => actions.propose(effect, { server: 'mcp-docker', caller: 'laptop', reason: 'because of grafana' }),
  };
}

test.each([
  ['ntfy', 200, /^container_remove of mcp-docker, until \d\d:\d\d UTC\.$/],
  [
    'discord',
    204,
    /^\{"content":"Action [0-9a-z]{10} waits for you\. container_remove of mcp-docker, until \d\d:\d\d UTC\.","allowed_mentions":\{"parse":\[\]\}\}$/,
  ],
  [
    'json',
    200,
    /^\{"event":"action_pending","id":"[0-9a-z]{10}","tool":"container_remove","server":"mcp-docker","expires":"[-\dT:.]+Z"\}$/,
  ],
] as const)('%s is told of a pending action: which, of what tool and server, until when, and no more', async (format, answer, body) => {
  status = answer;
  const { actions, hooks, propose } = asking(`${base}/hooks/topic-secret?wait=true`, format);
  const { id } = await propose();
  await actions.approve(id, 'phone');
  await expect.poll(() => seen.length).toBe(1);
  await hooks.close();
  expect(seen).toHaveLength(1);
  expect(seen[0]?.url).toBe('/hooks/topic-secret?wait=true');
  expect(seen[0]?.body).toMatch(body);
  if (format === 'ntfy') expect(seen[0]?.headers).toMatchObject({ title: `Action ${id} waits for you`, priority: 'high' });
  expect(JSON.stringify(seen)).not.toMatch(/grafana|hunter2|laptop|http/);
});

test('a login in the address goes in its header', async () => {
  const { hooks, propose } = asking(`${base.replace('//', '//user:pass%40word@')}/topic`, 'ntfy');
  await propose();
  await expect.poll(() => seen.length).toBe(1);
  await hooks.close();
  expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('user:pass@word').toString('base64')}`);
});

test.each([500, 302, 0])('a notifier that fails (%i) is in the log, without its address, and blocks nothing', async (bad) => {
  status = bad || 200;
  const { actions, propose } = asking(bad ? `${base}/topic-secret` : 'http://127.0.0.1:1/topic-secret', 'ntfy');
  const { id } = await propose();
  expect(actions.get(id).state).toBe('pending');
  await expect.poll(() => written.join('')).toContain('action_untold');
  expect(written.join('')).not.toContain('topic-secret');
});

test('an address that is none is told at once', () => {
  expect(() => notifier({ url: new Secret('nas'), format: 'json', log })).toThrow('NOTIFY_URL');
  expect(() => notifier({ url: new Secret('file:///etc/passwd'), format: 'json', log })).toThrow('NOTIFY_URL');
});
