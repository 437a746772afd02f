import { z } from 'zod';
import { EntityName } from './service.ts';

const Address = z.union([z.ipv4(), z.ipv6()]);
// In a lab with moving addresses the name is what stays. All digits and dots is a mistyped address.
const Name = z.string().regex(/^(?=.{1,253}$)(?![\d.]+$)[\w-]+(\.[\w-]+)*$/, 'expected an address such as 192.0.2.10, or a DNS name');
const Mac = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i, 'expected a MAC address such as 00:00:5e:00:53:0a');
const Fingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, 'expected SHA256: and 43 characters, as `ssh-keygen -lf` prints it');
const Labels = z.record(z.string(), z.string());

/** How a host is reached over SSH; the key is pinned, `trust: first-use` gives that up in so many words. */
export const Ssh = z.strictObject({
  user: z.string(),
  port: z.int().min(1).max(65_535).default(22),
  fingerprint: Fingerprint.optional().describe('SHA256 fingerprint of the host key'),
  trust: z.literal('first-use').optional(),
  jump: EntityName.optional().describe('Host to go through'),
  shell: z.enum(['sh', 'bash', 'zsh', 'busybox', 'powershell', 'cmd']).default('sh'),
});

/** How its Docker engine is reached, best way first. */
export const DockerAccess = z.strictObject({
  transport: z
    .array(z.enum(['local', 'streamlocal', 'dial-stdio', 'wsl', 'tcp', 'cli']))
    .describe('Best first; empty means that no Docker runs there'),
  path: z.string().optional().describe('Absolute path of the docker program'),
  socket: z.string().optional(),
  tcp: z.string().optional().describe('host:port as seen from that host'),
  wsl_distro: z.string().optional(),
  build: z.boolean().default(true).describe('false: images cannot be built there'),
});

/** A disk as the documents name it. */
export const Disk = z.strictObject({ name: z.string(), mount: z.string(), size: z.string(), kind: z.string().optional() });

/** One machine. */
export const Host = z.strictObject({
  name: EntityName,
  description: z.string().optional(),
  aliases: z.array(z.string()).default([]),
  address: z.union([Address, Name]).describe('Address, or DNS name where it has no fixed one'),
  mac: Mac.optional(),
  domain: z.string().optional(),
  network: EntityName.optional(),
  roles: z.array(z.string()).default([]),
  os: z.strictObject({
    family: z.enum(['linux', 'windows', 'darwin', 'bsd', 'other']),
    name: z.string().optional(),
    version: z.string().optional(),
  }),
  arch: z.enum(['amd64', 'arm64', 'arm', 'riscv64', '386']).optional(),
  resources: z
    .strictObject({
      cpu: z.string().optional(),
      cores: z.int().optional(),
      memory: z.string().optional(),
      gpu: z.string().nullish(),
      disks: z.array(Disk).default([]),
    })
    .optional(),
  ssh: z.union([z.literal('none'), Ssh]).default('none'),
  docker: z.union([z.literal('none'), DockerAccess]).default('none'),
  deploy_root: z.string().nullish().describe('Folder that stacks are deployed to, or none'),
  labels: z
    .strictObject({
      metrics: Labels.default({}).describe('Prometheus labels that mark its series'),
      instances: z.array(z.string()).default([]).describe('Scrape targets, as host:port'),
      logs: Labels.default({}).describe('Loki labels that mark its lines'),
    })
    .default({ metrics: {}, instances: [], logs: {} }),
  sleepy: z.boolean().default(false).describe('Often off or asleep; that is not a fault'),
  notes: z.strictObject({ reboot: z.string().optional(), sudo: z.string().optional(), other: z.string().optional() }).default({}),
  docs: z.array(z.string()).default([]),
  runbooks: z.array(z.string()).default([]),
  guessed: z.array(z.string()).default([]).describe('Fields that were guessed and that nobody has confirmed yet'),
});
export type Host = z.output<typeof Host>;

/** `infrastructure/hosts.yaml` */
export const HostsFile = z.strictObject({ apiVersion: z.literal('homelab/v1'), kind: z.literal('Hosts'), hosts: z.array(Host) });
