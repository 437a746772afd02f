import { z } from 'zod';

/** Names of hosts, services and jobs: any letters, so that umlauts and other scripts work. */
export const EntityName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,62}$/u, 'expected letters, digits, dots, dashes and underscores, at most 63');

const Duration = z.string().regex(/^\d+(ms|s|m|h|d)$/, 'expected a duration such as 30s, 5m or 1h');
const RelativePath = z.string().regex(/^(?!\/)(?!.*\.\.(\/|$))[^\0]+$/, 'expected a path inside the repository');

/** How dear something is; `irreplaceable` must have a backup. */
export const Criticality = z.enum(['low', 'medium', 'high', 'irreplaceable']);
export type Criticality = z.output<typeof Criticality>;

/** A port and who reaches it. */
export const Exposure = z
  .strictObject({
    name: z.string(),
    container: z.string().optional().describe('Container that listens'),
    port: z.int().min(1).max(65_535).optional().describe('Port on the host; in the container where scope is container'),
    container_port: z.int().min(1).max(65_535).optional().describe('Port in the container, where it differs'),
    route_of: z.string().optional().describe('Exposure of this service that this is another name or scope of'),
    address: z.string().optional().describe('Address it is bound to; every address of the host without it'),
    protocol: z.enum(['http', 'https', 'tcp', 'udp']).default('tcp'),
    scope: z.enum(['container', 'host', 'lan', 'vpn', 'public']).describe('Who can reach it'),
    domain: z.string().optional(),
    via: EntityName.optional().describe('Service that forwards to it'),
    auth: z.enum(['none', 'app', 'basic', 'token', 'key', 'access', 'sso', 'mtls']).optional().describe('What asks who is there'),
  })
  .refine((one) => one.port !== undefined || one.route_of !== undefined, {
    path: ['port'],
    message: 'needs a number, or route_of in its place',
  });
export type Exposure = z.output<typeof Exposure>;

/** What a service needs: broken without it (`hard`) or only less good (`soft`). */
export const Dependency = z.strictObject({
  service: EntityName,
  kind: z.enum(['hard', 'soft']).default('hard'),
  why: z.string().optional(),
});

/** What it keeps, where, how dear that is and which job saves it. */
export const Persistence = z.strictObject({
  container: z.string().optional(),
  target: z.string().describe('Path in the container, or name of the share'),
  source: z.string().describe('Path on the host, or name of the volume'),
  kind: z.enum(['bind', 'volume', 'cifs', 'nfs', 'share', 'tmpfs']).default('bind'),
  criticality: Criticality,
  backup: EntityName.optional().describe('Job in backups.yaml'),
  note: z.string().optional(),
});
export type Persistence = z.output<typeof Persistence>;

const timing = { interval: Duration.optional(), grace: Duration.optional(), timeout: Duration.optional() };

/** How it is known to be well; `none` needs its reason. */
export const Healthcheck = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('http'), url: z.string(), expect: z.string().optional(), ...timing }),
  z.strictObject({ type: z.literal('tcp'), host: z.string(), port: z.int(), ...timing }),
  z.strictObject({ type: z.literal('dns'), server: z.string(), question: z.string(), expect: z.string().optional(), ...timing }),
  z.strictObject({ type: z.literal('docker'), container: z.string(), ...timing }),
  z.strictObject({ type: z.literal('metric'), query: z.string(), expect: z.string().optional(), ...timing }),
  z.strictObject({ type: z.literal('none'), reason: z.string() }),
]);

/** What runs it. An unknown type is kept as documentation. */
export const Runtime = z.strictObject({
  type: z.string().describe('compose, systemd, quadlet, lxc, vm, k8s, launchd, external, ...'),
  project: z.string().optional().describe('Compose project'),
  file: RelativePath.optional().describe('Compose or unit file in this repository'),
  services: z.array(z.string()).default([]).describe('Services of the compose file that belong to it'),
  images: z.array(z.string()).default([]).describe('Images without their tag'),
  manager: z.string().optional(),
  notes: z.string().optional(),
});

/** A command that may be run to look at it: an argument list, never a shell line. */
export const DeclaredCheck = z.strictObject({
  name: z.string(),
  container: z.string().optional(),
  argv: z.array(z.string()).min(1),
  timeout: Duration.optional(),
  expect: z.string().optional(),
});

/** What must hold before it may be touched; when it does not, only a person decides. */
export const Guard = z.strictObject({
  name: z.string(),
  type: z.enum(['dns', 'http', 'tcp', 'metric']),
  server: z.string().optional(),
  question: z.string().optional(),
  url: z.string().optional(),
  query: z.string().optional(),
  expect: z.string().optional(),
  applies_to: z.array(z.string()).min(1),
  why: z.string(),
});

/** How it may be operated. */
export const Ops = z.strictObject({
  criticality: Criticality.default('medium'),
  restart: z.enum(['safe', 'disruptive', 'guarded']).default('disruptive'),
  update: z.enum(['manual', 'patch', 'minor', 'any']).default('manual'),
  window: z.string().optional().describe('When changes are welcome, such as `Sun 10:00-12:00`'),
  never: z.array(z.string()).default([]).describe('Actions that are refused'),
  checks: z.array(DeclaredCheck).default([]),
  guards: z.array(Guard).default([]),
});

/** Where it is watched. */
export const Observability = z.strictObject({
  metrics: z.string().optional().describe('PromQL selector'),
  logs: z.string().optional().describe('LogQL selector'),
  dashboard: z.string().optional(),
  alerts: z.array(z.string()).default([]),
});

/** The contract of one service: where it runs, what it needs, what it keeps, how it is watched and operated. */
export const Service = z.strictObject({
  apiVersion: z.literal('homelab/v1'),
  kind: z.literal('Service'),
  name: EntityName,
  description: z.string(),
  aliases: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  owner_node: EntityName.describe('Host of hosts.yaml that it runs on'),
  runtime: Runtime,
  exposure: z.array(Exposure),
  depends_on: z.array(Dependency),
  healthcheck: Healthcheck,
  restart_policy: z.enum(['unless-stopped', 'always', 'on-failure', 'no', 'none']),
  limits: z.strictObject({ memory: z.string().optional(), cpus: z.number().optional() }).optional(),
  privileges: z
    .strictObject({
      privileged: z.boolean().optional(),
      network_mode: z.string().optional(),
      pid: z.string().optional(),
      cap_add: z.array(z.string()).optional(),
      devices: z.array(z.string()).optional(),
      mounts: z.array(z.string()).optional(),
    })
    .optional(),
  persistence: z.array(Persistence),
  secrets: z
    .array(z.strictObject({ name: z.string(), from: z.string() }))
    .default([])
    .describe('Names and where they come from, never values'),
  observability: Observability.default({ alerts: [] }),
  ops: Ops.default({ criticality: 'medium', restart: 'disruptive', update: 'manual', never: [], checks: [], guards: [] }),
  docs: z.array(RelativePath).default([]),
  runbooks: z.array(RelativePath).default([]),
  guessed: z.array(z.string()).default([]).describe('Fields that were guessed and that nobody has confirmed yet'),
});
export type Service = z.output<typeof Service>;
