import { ResourceNotFoundError, UriTemplate } from '@modelcontextprotocol/server';
import { redact } from '../redact/redact.ts';
import type { Call } from './call.ts';
import type { AnyResource, ResourceEntry } from './resource.ts';
import type { ServerDefinition } from './server-definition.ts';

// Claude Code lists resources on every connect: more than this is paid for on each.
const LISTED = 20;
// What one completion may hold (the protocol's limit).
const COMPLETED = 100;

/** The resource side of a server: list, templates, read and completion, over the definition's data. */
export interface Resources<Client> {
  list: (client: Client) => Promise<ResourceEntry[]>;
  templates: () => { uriTemplate: string; name: string; title: string; description: string; mimeType: string }[];
  /** Rejects with the SDK's not-found error for a uri that matches nothing. */
  read: (uri: string, client: Client, call: Call) => Promise<{ uri: string; mimeType: string; text: string }>;
  complete: (template: string, variable: string, value: string, client: Client) => Promise<string[] | undefined>;
}

export function resourcesOf<Client>(def: ServerDefinition<Client>): Resources<Client> {
  const matchers = def.resources.map((resource) => ({ resource, match: matcher(resource) }));
  return {
    async list(client) {
      const fixed = def.resources.flatMap((resource) => (resource.uri ? [entryOf(resource, resource.uri)] : []));
      const listed = await Promise.all(def.resources.map((resource) => resource.list?.(client) ?? []));
      return [...fixed, ...listed.flat()].slice(0, LISTED);
    },
    templates: () =>
      def.resources.flatMap(({ template, name, title, description, mimeType }) =>
        template ? [{ uriTemplate: template, name, title, description, mimeType }] : [],
      ),
    async read(uri, client, call) {
      for (const { resource, match } of matchers) {
        const variables = match(uri);
        if (variables) return { uri, mimeType: resource.mimeType, text: redact(await resource.read(uri, variables, client, call)) };
      }
      throw new ResourceNotFoundError(uri);
    },
    async complete(template, variable, value, client) {
      const resource = def.resources.find((one) => one.template === template);
      const candidates = await resource?.complete?.[variable]?.(value, client);
      return candidates?.slice(0, COMPLETED) ?? (resource ? [] : undefined);
    },
  };
}

function entryOf(resource: AnyResource, uri: string): ResourceEntry {
  const { name, title, description, mimeType } = resource;
  return { uri, name, title, description, mimeType };
}

function matcher(resource: AnyResource): (uri: string) => Record<string, string> | undefined {
  if (resource.uri) return (uri) => (uri === resource.uri ? {} : undefined);
  const template = new UriTemplate(resource.template ?? '');
  return (uri) => {
    const found = template.match(uri);
    if (!found) return undefined;
    const variables: Record<string, string> = {};
    for (const [name, value] of Object.entries(found)) {
      const decoded = decode(String(value));
      if (decoded === undefined) return undefined;
      variables[name] = decoded;
    }
    return variables;
  };
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
