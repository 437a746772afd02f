import { join } from 'node:path';
import { defineServer, type Opened } from '@homelab/shared/commands/server-module.ts';
import { runServers } from '@homelab/shared/commands/start.ts';
import { Fault } from '@homelab/shared/faults.ts';
import type { Log } from '@homelab/shared/log/logger.ts';
import type { Metrics } from '@homelab/shared/metrics/metrics.ts';
import { openAudit } from '@homelab/shared/safety/audit.ts';
import { recorder } from '@homelab/shared/safety/record.ts';
import type { Fleet } from './client/fleet.ts';
import { openDns } from './client/open-dns.ts';
import { fleetLock } from './commands/fleet-lock.ts';
import { type ConfiguredFleet, fleetOptions } from './commands/fleet-options.ts';
import { piholeCheck } from './commands/pihole-check.ts';
import { pendingFile, sessionFiles } from './commands/state-files.ts';
import { dnsEnv } from './config.ts';
import { dnsServer } from './server.ts';

/** Opens the Pi-holes with everything of theirs that lies in STATE_DIR, in the folder `name`. */
export function openFleetServer(
  configured: ConfiguredFleet,
  { STATE_DIR, PIHOLE_LOGOUT, name }: { STATE_DIR: string; PIHOLE_LOGOUT: boolean; name: string },
  { log, metrics }: { log: Log; metrics: Metrics },
): Opened<Fleet> {
  const folder = join(STATE_DIR, name);
  const lock = fleetLock(folder);
  const audit = openAudit({ folder: STATE_DIR, server: dnsServer.name, log, observe: metrics.audited });
  const record = recorder(audit, log);
  const options = { ...configured, keeper: sessionFiles(folder), guard: lock.guard, observer: metrics.upstream };
  const fleet = openDns(
    options,
    pendingFile(folder),
    ({ node, kind, about }, run) =>
      record({ caller: 'watchdog', what: `end ${kind}`, level: 'write', targets: [node], arguments: about }, run),
    ({ node, kind }, error) => log.warn('end_not_yet', { upstream: node, tool: kind, err: error }),
  );
  return {
    client: fleet,
    probes: fleet.nodes.map((one) => ({ name: one.wire.name, probe: one.wire.probe })),
    async close() {
      await fleet.close(PIHOLE_LOGOUT);
      lock.release();
      await audit.close();
    },
  };
}

/** mcp-dns for the programs that run servers. */
export const dns = defineServer({
  definition: dnsServer,
  env: dnsEnv,
  port: 'DNS_PORT',
  async open(config, watch) {
    if (config.PIHOLES.length === 0)
      throw new Fault('invalid_input', 'No Pi-hole is configured.', { hint: 'Set PIHOLES to `name=http://address`, the primary first.' });
    return openFleetServer(fleetOptions(config), { ...config, name: 'dns' }, watch);
  },
  checks: (config) => fleetOptions(config).nodes.map((one) => piholeCheck(one, sessionFiles(join(config.STATE_DIR, 'dns')))),
});

if (import.meta.main) await runServers([dns]);
