import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Fleet } from '../client/fleet.ts';
import { startSimulator } from './docker-simulator.ts';
import { simulatedFleet } from './simulated-fleet.ts';

/** Starts the simulator, and gives the fleet over it with the inventory that is passed in; `close` ends it. */
export async function openSimulation(inventory: () => Inventory): Promise<{ fleet: Fleet; close: () => Promise<void> }> {
  const simulator = await startSimulator();
  return { fleet: simulatedFleet(simulator, inventory), close: simulator.close };
}
