import { type Lab, openLab } from '@homelab/shared/lab/lab.ts';
import { labSeed } from './lab-seed.ts';
import { Pihole, type PiholeOptions } from './pihole.ts';
import { SharedAddress } from './shared-address.ts';

/** The lab's two Pi-holes, simulated, with the address they share. */
export interface LabPair {
  lab: Lab;
  primary: Pihole;
  backup: Pihole;
  vip: SharedAddress;
  /** What opens both. */
  password: string;
  close: () => Promise<void>;
}

const PASSWORD = 'simulated-password';

/** Starts both on free ports of loopback, as the lab's story has them now: the widget holds all seats of the primary but ours. */
export async function labPair(options: { now?: Date; each?: Partial<PiholeOptions>; seats?: boolean } = {}): Promise<LabPair> {
  const lab = openLab({ now: options.now ?? new Date() });
  const make = async (role: 'primary' | 'backup', name: string, address: string): Promise<Pihole> => {
    const pihole = new Pihole({ name, address, seed: labSeed(lab, role), password: PASSWORD, appSudo: true, ...options.each });
    if (options.seats !== false)
      // Our own seat is taken when our client logs in.
      for (const { holder, loginAt, lastActive, address: remote, userAgent } of lab.dns.seats(role))
        if (holder !== 'mcp-dns')
          pihole.sessions.occupy({
            ...{ remote, agent: userAgent, loginAt: Math.floor(loginAt / 1000), lastActive: Math.floor(lastActive / 1000) },
          });
    return pihole.start();
  };
  const primary = await make('primary', 'rpi', '192.0.2.10');
  const backup = await make('backup', 'nas', '192.0.2.30');
  const vip = await new SharedAddress([primary, backup], '192.0.2.53').start();
  const close = async () => {
    await vip.stop();
    await Promise.all([primary.stop(), backup.stop()]);
  };
  return { lab, primary, backup, vip, password: PASSWORD, close };
}
