import { z } from 'zod';
import { Criticality, EntityName } from './service.ts';

/** One backup job. */
export const BackupJob = z.strictObject({
  name: EntityName,
  description: z.string().optional(),
  tier: Criticality,
  method: z.string().describe('restic, borg, rsync, dump, ...'),
  source: z.strictObject({
    host: EntityName,
    services: z.array(EntityName).default([]).describe('Services whose data it saves'),
    paths: z.array(z.string()).min(1),
    staged_on: EntityName.optional(),
    jobs: z.array(EntityName).default([]).describe('Jobs whose target this one copies'),
  }),
  target: z.strictObject({ host: EntityName.nullish().describe('Nothing for a place outside the lab'), path: z.string() }),
  schedule: z.string().describe('cron expression, in the time zone of the file'),
  keep: z.record(z.string(), z.int()).optional(),
  metric: z.string().optional().describe('PromQL of the unix time of its last success'),
  late_after: z
    .string()
    .regex(/^\d+(m|h|d)$/)
    .optional(),
  offsite: EntityName.nullish().describe('Job that copies it elsewhere'),
  last_restore_test: z.iso.date().optional(),
  runbook: z.string().optional(),
});
export type BackupJob = z.output<typeof BackupJob>;

/** `infrastructure/backups.yaml` */
export const BackupsFile = z.strictObject({
  apiVersion: z.literal('homelab/v1'),
  kind: z.literal('Backups'),
  runner: EntityName.optional().describe('Service that runs the jobs'),
  timezone: z.string().optional(),
  jobs: z.array(BackupJob),
});
