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
  input: Input;
  output: Output;
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
