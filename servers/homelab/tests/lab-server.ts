import { openInventory } from '@homelab/shared/inventory/open.ts';
import type { Safety } from '@homelab/shared/safety/safety.ts';
import { onTestFinished } from 'vitest';
import { type CallResult, type ClientKind, type ConnectOptions, connect, type TestClient } from '../../../shared/testing/connect.ts';
import { type StartOptions, start, TOKENS } from '../../../shared/testing/start.ts';
import { type Homelab, homelabOver } from '../client/homelab.ts';
import { openRepository, type RepositoryOptions } from '../client/repository.ts';
import { guessInventory } from '../inventory-guess/guess-inventory.ts';
import { chunksOf } from '../search/chunks.ts';
import { describeProduct } from '../search/describe-product.ts';
import { searchIndex } from '../search/search-index.ts';
import { homelabServer } from '../server.ts';
import { type LabFolder, labFolder } from './lab-folder.ts';

/** The real server over a throw-away lab, spoken to by a real MCP client. */
export interface LabServer {
  lab: LabFolder;
  homelab: Homelab;
  url: string;
  client: TestClient;
  call(tool: string, args?: Record<string, unknown>): Promise<CallResult>;
  safety: Safety;
  connect(kind: ClientKind, token?: string, options?: ConnectOptions): Promise<TestClient>;
}

/** Serves a lab folder (or these files) and connects; everything ends with the test. */
export async function labServer(
  from: LabFolder | Record<string, string>,
  options: RepositoryOptions & { git?: boolean; format?: 'json'; token?: string; start?: StartOptions } = {},
): Promise<LabServer> {
  const lab =
    typeof from.write === 'function' ? (from as LabFolder) : labFolder(from as Record<string, string>, { git: options.git ?? false });
  const repository = await openRepository(lab.root, { watch: false, ...options });
  const inventory = openInventory(lab.root);
  const homelab = homelabOver(repository, searchIndex(), chunksOf, {
    inventory,
    guess: (files) => guessInventory(files, { describe: describeProduct }),
  });
  const serving = await start(homelabServer, homelab, options.start);
  const clients: TestClient[] = [];
  onTestFinished(async () => {
    for (const client of clients) await client.close();
    await serving.close();
    inventory.close();
    await repository.close();
    lab.remove();
  });
  const join = async (kind: ClientKind, token = options.token ?? TOKENS.read, more: ConnectOptions = {}) => {
    const client = await connect(serving.url + (options.format ? `?format=${options.format}` : ''), token, kind, more);
    clients.push(client);
    return client;
  };
  const client = await join('v2-modern');
  const { url, safety } = serving;
  return { lab, homelab, url, safety, client, call: (tool, args = {}) => client.call(tool, args), connect: join };
}
