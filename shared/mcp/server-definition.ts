import type { AnyPrompt } from './prompt.ts';
import type { AnyResource } from './resource.ts';
import type { AnyTool } from './tool.ts';

/** Everything the factory needs to know about one server; data at module scope, no I/O. */
export interface ServerDefinition<Client> {
  /** `mcp-homelab` and so on; also the log's and the metrics' name for it. */
  name: string;
  title: string;
  version: string;
  /** Key words first, under 2 KB: clients truncate. */
  instructions: string;
  tools: readonly AnyTool<Client>[];
  resources: readonly AnyResource<Client>[];
  prompts: readonly AnyPrompt<Client>[];
}
