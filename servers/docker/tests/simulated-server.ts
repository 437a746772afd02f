import { fileURLToPath } from 'node:url';
import { loadInventory } from '@homelab/shared/inventory/load.ts';
import { onTestFinished } from 'vitest';
import type { Lab } from '../../../shared/lab/lab.ts';
import { openLab } from '../../../shared/lab/lab.ts';
import { type CallResult, type ClientKind, type ConnectOptions, connect, type TestClient } from '../../../shared/testing/connect.ts';
import { start, TOKENS } from '../../../shared/testing/start.ts';
import { dockerServer } from '../server.ts';
import { type DockerSimulator, startSimulator } from '../simulator/docker-simulator.ts';
import { simulatedFleet } from '../simulator/simulated-fleet.ts';

const inventory = loadInventory(fileURLToPath(new URL('../../..', import.meta.url)));

/** The real server over the simulator, spoken to by real MCP clients. */
export interface SimulatedServer {
  simulator: DockerSimulator;
  lab: Lab;
  call: (tool: string, args?: Record<string, unknown>) => Promise<CallResult>;
  connect: (options?: { kind?: ClientKind; level?: keyof typeof TOKENS; format?: 'json' } & ConnectOptions) => Promise<TestClient>;
}

/** Serves the lab as it is now; everything ends with the test. */
export async function simulatedServer({ format }: { format?: 'json' } = {}): Promise<SimulatedServer> {
  const simulator = await startSimulator({ lab: openLab({ now: new Date(), inventory }) });
  const fleet = simulatedFleet(simulator, () => inventory);
  const serving = await start(dockerServer, fleet);
  const clients: TestClient[] = [];
  onTestFinished(async () => {
    for (const client of clients) await client.close();
    await serving.close();
    await fleet.docker.close();
    await simulator.close();
  });
  const join: SimulatedServer['connect'] = async ({ kind = 'v2-modern', level = 'read', format: asked = format, ...options } = {}) => {
    const client = await connect(serving.url + (asked ? `?format=${asked}` : ''), TOKENS[level], kind, options);
    clients.push(client);
    return client;
  };
  const reader = await join();
  return { simulator, lab: simulator.lab, call: (tool, args = {}) => reader.call(tool, args), connect: join };
}
