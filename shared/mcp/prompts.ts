import { Fault } from '../faults.ts';
import { redact } from '../redact/redact.ts';
import type { Call } from './call.ts';
import type { ServerDefinition } from './server-definition.ts';

/** The prompt side of a server, over the definition's data. */
export interface Prompts<Client> {
  list: () => { name: string; title: string; description: string; arguments: { name: string; description: string; required: boolean }[] }[];
  /** Throws `Fault('not_found')` for an unknown prompt and `Fault('invalid_input')` for a missing or unknown argument. */
  get: (name: string, args: Record<string, string>, client: Client, call: Call) => Promise<{ description: string; text: string }>;
  complete: (name: string, argument: string, value: string, client: Client) => Promise<string[] | undefined>;
}

export function promptsOf<Client>(def: ServerDefinition<Client>): Prompts<Client> {
  const byName = new Map(def.prompts.map((prompt) => [prompt.name, prompt]));
  const listed = def.prompts.map((prompt) => ({
    name: prompt.name,
    title: prompt.title,
    description: prompt.description,
    arguments: Object.entries(prompt.arguments).map(([name, argument]) => ({
      name,
      description: argument.description,
      required: argument.required ?? false,
    })),
  }));
  return {
    list: () => listed,
    async get(name, args, client, call) {
      const prompt = byName.get(name);
      if (!prompt) throw new Fault('not_found', `There is no such prompt here.`, { hint: `Prompts: ${[...byName.keys()].join(', ')}.` });
      for (const [argument, { required }] of Object.entries(prompt.arguments)) {
        if (required && !args[argument]?.trim()) throw new Fault('invalid_input', `The prompt ${name} needs \`${argument}\`.`);
      }
      const stray = Object.keys(args).find((argument) => !(argument in prompt.arguments));
      if (stray !== undefined) {
        throw new Fault('invalid_input', `The prompt ${name} got an argument that it does not know.`, {
          hint: `Arguments: ${Object.keys(prompt.arguments).join(', ')}.`,
        });
      }
      return { description: prompt.description, text: redact(await prompt.build(args, client, call)) };
    },
    async complete(name, argument, value, client) {
      const prompt = byName.get(name);
      const candidates = await prompt?.arguments[argument]?.complete?.(value, client);
      return candidates?.slice(0, 100) ?? (prompt ? [] : undefined);
    },
  };
}
