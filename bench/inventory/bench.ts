import { hostNode, ServiceGraph } from '@homelab/shared/inventory/graph.ts';
import { loadInventory, type Readings } from '@homelab/shared/inventory/load.ts';
import { contractPath, contractText, hostsText, inventoryFolder } from '../../shared/testing/inventory-folder.ts';
import { type Bench, type Figure, figure, median } from '../harness.ts';

const SERVICES = 2000;
const ROUNDS = 15;
const HOSTS = ['nas', 'rpi', 'pc', 'mac'];

/** Service n needs three others before it: a wide, deep graph without a circle. */
function contract(index: number): string {
  const needs = [1, 7, 31]
    .filter((back) => back <= index)
    .map((back) => `{ service: s${index - back}, kind: ${back === 7 ? 'soft' : 'hard'} }`);
  return contractText(`s${index}`, `depends_on: [${needs.join(', ')}]\n`).replace(
    'owner_node: nas',
    `owner_node: ${HOSTS[index % HOSTS.length]}`,
  );
}

function medianMs(run: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return median(times);
}

/** What a large inventory costs: the graph of 2,000 services, and reading them again when one of them changed. */
export const bench: Bench = {
  name: 'inventory',
  about: 'graph and reading of an inventory of 2,000 services',
  async run({ print }): Promise<readonly Figure[]> {
    const files = Object.fromEntries(Array.from({ length: SERVICES }, (_, index) => [contractPath(`s${index}`), contract(index)]));
    const folder = inventoryFolder({ ...files, 'infrastructure/hosts.yaml': hostsText(...HOSTS) });
    try {
      print(`${SERVICES} services on ${HOSTS.length} hosts, median of ${ROUNDS}`);
      const readings: Readings = new Map();
      const start = performance.now();
      const inventory = loadInventory(folder.root, undefined, readings);
      const first = performance.now() - start;
      const again = medianMs(() => {
        folder.write(contractPath('s1000'), `${contract(1000)}tags: [t${performance.now()}]\n`);
        loadInventory(folder.root, undefined, readings);
      });
      const built = new ServiceGraph(inventory);
      const whole = () => {
        const graph = new ServiceGraph(inventory);
        graph.cycles();
        graph.needs(`s${SERVICES - 1}`);
        graph.breaks(hostNode('nas'));
      };
      return [
        figure({ name: 'graph: build, cycles, needs and breaks', value: medianMs(whole), unit: 'ms', goal: { at: 'most', value: 20 } }),
        figure({ name: 'graph: build', value: medianMs(() => new ServiceGraph(inventory)), unit: 'ms' }),
        figure({ name: 'graph: what breaks without a host', value: medianMs(() => built.breaks(hostNode('nas'))), unit: 'ms' }),
        figure({ name: 'read all, cold', value: first, unit: 'ms' }),
        figure({ name: 'read again after one change', value: again, unit: 'ms', goal: { at: 'most', value: 500 } }),
      ];
    } finally {
      folder.remove();
    }
  },
};
