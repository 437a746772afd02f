import type { DoctorCheck } from '@homelab/shared/commands/server-module.ts';
import type { Docker } from '../client/docker.ts';
import type { HostSettings } from '../client/host-settings.ts';

const PATIENCE_MS = 10_000;

/** Doctor's look at each host: whether it answers, over which way, its versions, and whether its key is pinned. */
export function hostChecks(hosts: readonly HostSettings[], open: () => Docker): DoctorCheck[] {
  return hosts.map((settings) => ({
    name: `docker ${settings.name}`,
    async run() {
      const docker = open();
      try {
        const { found, missing } = await docker.across((host, call) => host.about(call), {
          hosts: [settings.name],
          deadlineMs: PATIENCE_MS,
        });
        const [lost] = missing;
        if (lost?.reason === 'asleep') return { ok: 'ok', found: lost.sentence };
        if (lost) return { ok: 'fail', found: lost.sentence, ...(lost.hint && { todo: lost.hint }) };
        const { way, refused } = docker.host(settings.name).link();
        const about = found[0]?.value;
        const seen = `${way}, Docker ${about?.version}, API ${about?.api}, ${about?.running} of ${about?.containers} containers run`;
        const key =
          settings.ssh && (settings.ssh.fingerprint ? `, host key ${settings.ssh.fingerprint}` : ', host key trusted at first sight');
        const before = refused.length > 0 ? `; not ${refused.map(({ kind, why }) => `${kind}: ${why}`).join(', ')}` : '';
        if (settings.ssh && !settings.ssh.fingerprint)
          return { ok: 'warn', found: `${seen}${key}${before}`, todo: `Pin it: npm run trust -- ${settings.name}` };
        return { ok: 'ok', found: `${seen}${key ?? ''}${before}` };
      } finally {
        await docker.close();
      }
    },
  }));
}
