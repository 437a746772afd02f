import { z } from 'zod';
import { EntityName } from './service.ts';

const Address = z.union([z.ipv4(), z.ipv6()]);
const Cidr = z.union([z.cidrv4(), z.cidrv6()]);

/** A subnet, and which others it may reach. */
export const Network = z.strictObject({
  name: EntityName,
  vlan: z.int().min(0).max(4094).nullish(),
  cidr: Cidr,
  gateway: Address.optional(),
  reaches: z.array(z.string()).default([]),
  description: z.string().optional(),
});
export type Network = z.output<typeof Network>;

/** An address that moves between hosts. */
export const Vip = z.strictObject({
  name: EntityName,
  address: Address,
  domain: z.string().optional(),
  network: EntityName.optional(),
  protocol: z.string().default('vrrp'),
  virtual_router: z.int().optional(),
  mode: z.string().optional(),
  holders: z.array(
    z.strictObject({ host: EntityName, service: EntityName.optional(), state: z.enum(['MASTER', 'BACKUP']), priority: z.int().optional() }),
  ),
  serves: z.array(EntityName).default([]),
  docs: z.array(z.string()).default([]),
  runbooks: z.array(z.string()).default([]),
});
export type Vip = z.output<typeof Vip>;

/** Resolvers, zones and local records. */
export const Dns = z.strictObject({
  address: Address.optional().describe('The address that clients are given'),
  resolvers: z.array(z.strictObject({ service: EntityName, address: Address, role: z.enum(['primary', 'backup', 'other']) })).default([]),
  sync: EntityName.optional().describe('Service that copies the primary to the backup'),
  upstreams: z.array(z.string()).default([]),
  zones: z
    .array(
      z.strictObject({
        name: z.string(),
        scope: z.enum(['lan', 'vpn', 'public']),
        served_by: EntityName.optional(),
        certificates: z.string().optional(),
        description: z.string().optional(),
      }),
    )
    .default([]),
  records: z.array(z.strictObject({ name: z.string(), address: Address })).default([]),
});

/** `infrastructure/network.yaml` */
export const NetworkFile = z.strictObject({
  apiVersion: z.literal('homelab/v1'),
  kind: z.literal('Network'),
  networks: z.array(Network).default([]),
  vips: z.array(Vip).default([]),
  dns: Dns.optional(),
  dhcp: z
    .strictObject({
      server: z.string().optional(),
      dns: z.array(Address).default([]),
      domain: z.string().optional(),
      lease: z.string().optional(),
      ranges: z.array(z.strictObject({ network: EntityName, from: Address, to: Address })).default([]),
      reservations: z
        .array(z.strictObject({ name: z.string(), host: EntityName.optional(), network: EntityName, address: Address, mac: z.string() }))
        .default([]),
    })
    .optional(),
  devices: z
    .array(
      z.strictObject({
        name: EntityName,
        address: Address,
        network: EntityName.optional(),
        kind: z.string(),
        description: z.string().optional(),
      }),
    )
    .default([]),
  guessed: z.array(z.string()).default([]).describe('Fields that were guessed and that nobody has confirmed yet'),
});
export type NetworkFile = z.output<typeof NetworkFile>;
