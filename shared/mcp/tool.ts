import type { z } from 'zod';
import type { Level } from '../safety/levels.ts';
import type { Call } from './call.ts';

/** A tool's safety: one word, or, where the arguments decide, the least and the most it can be and the level of one call. */
export type Safety<Input> = Level | { least: Level; most: Level; of: (input: Input) => Level };

/** What a tool's `render` gives back: the one text block, and images or resource links beside it. */
export type Reply = string | { text: string; images?: Image[]; links?: Link[] };

/** An image as base64, with its true media type. */
export interface Image {
  data: string;
  mimeType: string;
}

/** A resource the reader may open next. */
export interface Link {
  uri: string;
  name: string;
  description?: string;
  mimeType?: string;
}

/** What a call would do, resolved by reading only: the thing that policy decides about, a person approves and the audit records. */
export interface Resolved {
  /** Ids, never the names that were asked for. */
  targets: readonly string[];
  host?: string;
  service?: string;
  /** For the person who approves: what will happen, a few lines. */
  preview: string;
  /** What hangs on the targets. */
  dependents?: readonly string[];
  /** State that must still be so when it runs (image ids, heads, revisions): another one makes an approval stale. */
  guarded?: unknown;
  /** A guard that does not hold: the call then waits for the operator, whatever the policy says. One sentence. */
  unguarded?: string;
}

/**
 * A tool is data plus one function. Scope, approval, annotations and docs follow from `safety`; the wire format is the factory's.
 * `Client` is the server's typed upstream, handed in by the factory.
 */
export interface Tool<Input extends z.ZodObject, Output extends z.ZodType, Client> {
  /** Lower snake, at most 32 characters, unique over all servers; the file has the same name with hyphens. */
  name: string;
  title: string;
  /** One sentence what, one sentence when; under 400 characters. */
  description: string;
  safety: Safety<z.output<Input>>;
  /** Repeating the same call changes nothing more. */
  idempotent?: boolean;
  /** Client-specific hints for `tools/list`, such as `anthropic/alwaysLoad`. */
  meta?: Record<string, unknown>;
  /** Milliseconds until the call is aborted; 30,000 unless told. */
  deadline?: number;
  /** A dialog of the client over the bare arguments is enough to approve a call (Claude Code asks by itself); never set where `effect` tells more. */
  askedByClient?: boolean;
  /** The tool that shows the present state, named when nobody knows how a change ended. */
  look?: string;
  input: Input;
  output: Output;
  /** Only for tools that change something; without it the arguments are the effect. */
  effect?: (input: z.output<Input>, client: Client, call: Call) => Promise<Resolved>;
  handler: (input: z.output<Input>, client: Client, call: Call) => Promise<z.output<Output>>;
  render: (output: z.output<Output>, input: z.output<Input>) => Reply;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of tools holds tools of every shape
export type AnyTool<Client = any> = Tool<any, any, Client>;

/** Returns its argument; it is there for the types. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodType, Client>(
  tool: Tool<Input, Output, Client>,
): Tool<Input, Output, Client> {
  return tool;
}
