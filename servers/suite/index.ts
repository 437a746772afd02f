import { runServers } from '@homelab/shared/commands/start.ts';
import { modules } from './modules.ts';

await runServers(modules);
