import type { BackupJob } from '../inventory/backup.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { HOUR, lastRunOf, MINUTE, SECOND } from './clock.ts';
import type { Story } from './incidents.ts';
import { roll, seedOf } from './random.ts';

/** One backup job at an instant. */
export interface BackupFact {
  job: string;
  lastSuccess: number;
  /** Seconds that run took. */
  seconds: number;
  /** Milliseconds after which it counts as late. */
  lateAfter: number;
  late: boolean;
}

const UNIT: Record<string, number> = { m: MINUTE, h: HOUR, d: 24 * HOUR };

/** Every job of the inventory; all ran on time but the one for Vaultwarden. */
export function backupsAt(inventory: Inventory, story: Story, at: number): BackupFact[] {
  return inventory.backups.map(({ value: job }) => {
    const usual = usualSeconds(job);
    const [, number = '26', unit = 'h'] = job.late_after?.match(/^(\d+)([mhd])$/) ?? [];
    const lateAfter = Number(number) * (UNIT[unit] ?? HOUR);
    const started = lastRunOf(job.schedule, at - usual * SECOND, story.clock);
    const stopped = job.name === 'vaultwarden' && started > story.vaultwardenBackup;
    const lastSuccess = stopped ? story.vaultwardenBackup : started + usual * SECOND;
    return { job: job.name, lastSuccess, seconds: usual, lateAfter, late: at - lastSuccess > lateAfter };
  });
}

/** How long a run of the job takes. */
export function usualSeconds({ name, schedule }: BackupJob): number {
  const typical: Record<string, number> = { photos: 1020, 'immich-database': 210, offsite: 2400, vaultwarden: 100, 'rpi-config': 130 };
  return typical[name] ?? Math.round(120 + 200 * roll(seedOf(`${name} ${schedule}`), 0));
}
