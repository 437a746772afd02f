import { dns, openFleetServer } from '@homelab/mcp-dns/index.ts';
import { labPair } from '@homelab/mcp-dns/simulator/lab-pair.ts';

/** mcp-dns; where no Pi-hole is configured it has two simulated ones of the lab. */
export const dnsOrSimulated: typeof dns = {
  ...dns,
  async open(config, watch) {
    if (config.PIHOLES.length > 0) return dns.open(config, watch);
    const pair = await labPair();
    const at = (pihole: (typeof pair)['primary'], role: 'primary' | 'backup') => ({
      ...{ name: pihole.options.name, role, url: pihole.url, password: pair.password },
      dns: { host: '127.0.0.1', port: pihole.responder.port },
    });
    const opened = openFleetServer(
      {
        nodes: [at(pair.primary, 'primary'), at(pair.backup, 'backup')],
        vip: { address: '192.0.2.53', url: `http://127.0.0.1:${pair.vip.httpPort}`, dns: { host: '127.0.0.1', port: pair.vip.dnsPort } },
        canary: 'ads.banner.example',
        sync: pair.lab.inventory.network?.value.dns?.sync,
        zone: pair.lab.zone,
      },
      // Pauses of the simulated pair must never end something on a real one of the same name.
      { ...config, name: 'dns-simulated' },
      watch,
    );
    return {
      ...opened,
      notes: [...(opened.notes ?? []), 'simulated: two Pi-holes of the lab; set PIHOLES to use real ones'],
      async close() {
        await opened.close();
        await pair.close();
      },
    };
  },
};
