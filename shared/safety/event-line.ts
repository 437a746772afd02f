import { z } from 'zod';

/** What can happen, in the words that every writer and reader uses. */
export const EVENT_TYPES = [
  ...(['deployment_started', 'deployment_completed', 'deployment_failed'] as const),
  ...(['service_unhealthy', 'service_recovered', 'healthcheck_failed'] as const),
  ...(['node_offline', 'node_online'] as const),
  ...(['remediation_started', 'remediation_completed'] as const),
  ...(['server_started', 'server_stopped', 'upstream_lost', 'upstream_back'] as const),
  ...([
    'action_pending',
    'action_approved',
    'action_denied',
    'action_running',
    'action_completed',
    'action_failed',
    'action_expired',
  ] as const),
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** A node's name is a folder's name. SECURITY: nothing in it may lead out of the events' folder. */
export const NODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** One line of an events file. Other programs may write lines too: fields that are not ours are passed over. */
export const EventLine = z.object({
  /** ISO 8601, UTC. */
  time: z.iso.datetime({ offset: true }),
  type: z.enum(EVENT_TYPES),
  node: z.string().regex(NODE),
  service: z.string().optional(),
  /** The server that wrote it. */
  server: z.string().optional(),
  /** Id of an action on disk. */
  action: z.string().optional(),
  detail: z.string().optional(),
});
export type EventLine = z.output<typeof EventLine>;
