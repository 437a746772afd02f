import { docker } from '@homelab/mcp-docker/index.ts';
import { homelab } from '@homelab/mcp-homelab/index.ts';
import type { AnyServerModule } from '@homelab/shared/commands/server-module.ts';
import { dnsOrSimulated } from './simulators.ts';

/** The servers of the suite, in the order of their ports. */
export const modules: readonly AnyServerModule[] = [homelab, dnsOrSimulated, docker];
