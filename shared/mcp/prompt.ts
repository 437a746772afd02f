import type { Call } from './call.ts';

/** One argument of a prompt; prompts take strings only. */
export interface PromptArgument<Client> {
  description: string;
  required?: boolean;
  complete?: (value: string, client: Client) => Promise<string[]>;
}

/** A prompt with the data already in it: `build` returns the one user message. */
export interface Prompt<Client> {
  name: string;
  title: string;
  description: string;
  arguments: Record<string, PromptArgument<Client>>;
  build: (args: Record<string, string>, client: Client, call: Call) => Promise<string>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of prompts holds prompts of every client
export type AnyPrompt<Client = any> = Prompt<Client>;

/** Returns its argument; it is there for the types. */
export function definePrompt<Client>(prompt: Prompt<Client>): Prompt<Client> {
  return prompt;
}
