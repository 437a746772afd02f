import { actionsTool } from '@homelab/shared/mcp/actions-tool.ts';

/** What of this server's changes waits for a person, goes on, and how it ended. */
export const homelabActions = actionsTool('homelab');
