import { onTestFinished } from 'vitest';
import { type CallResult, type ClientKind, connect, type TestClient } from '../../../shared/testing/connect.ts';
import { start, TOKENS } from '../../../shared/testing/start.ts';
import type { Fleet, FleetOptions } from '../client/fleet.ts';
import { dnsServer } from '../server.ts';
import type { LabPair } from '../simulator/lab-pair.ts';
import type { PiholeOptions } from '../simulator/pihole.ts';
import { type Kept, testFleet } from './dns-fleet.ts';

/** mcp-dns over the lab's simulated pair, spoken to by a real MCP client that may do everything. */
export interface DnsServer {
  pair: LabPair;
  fleet: Fleet;
  state: Kept;
  call: (tool: string, args?: Record<string, unknown>) => Promise<CallResult>;
  connect: (kind: ClientKind, token?: string) => Promise<TestClient>;
}

/** Serves and connects; everything ends with the test. */
export async function dnsServerOver(each: Partial<PiholeOptions> = {}, more: Partial<FleetOptions> = {}): Promise<DnsServer> {
  const { pair, fleet, state } = await testFleet(each, { zone: 'UTC', ...more });
  const serving = await start(dnsServer, fleet);
  const clients: TestClient[] = [];
  onTestFinished(async () => {
    for (const client of clients) await client.close();
    await serving.close();
  });
  const join = async (kind: ClientKind, token: string = TOKENS.destructive) => {
    const client = await connect(serving.url, token, kind, { elicit: async () => ({ action: 'accept', content: { approve: true } }) });
    clients.push(client);
    return client;
  };
  const client = await join('v2-modern');
  return { pair, fleet, state, call: (tool, args = {}) => client.call(tool, args), connect: join };
}
