import type { Call } from './call.ts';

/** One listed resource. */
export interface ResourceEntry {
  uri: string;
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;
}

/**
 * A resource with a fixed `uri`, or a family with a `template` (RFC 6570, e.g. `homelab://docs/{+path}`).
 * `list` gives at most 20 entries; `complete` gives candidates for one template variable that start with or resemble `value`.
 */
export interface Resource<Client> {
  name: string;
  title: string;
  description: string;
  mimeType: string;
  uri?: string;
  template?: string;
  list?: (client: Client) => Promise<ResourceEntry[]>;
  complete?: Record<string, (value: string, client: Client) => Promise<string[]>>;
  /** Throws `Fault('not_found')` for a uri that names nothing. `variables` are the template's, decoded. */
  read: (uri: string, variables: Record<string, string>, client: Client, call: Call) => Promise<string>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of resources holds resources of every client
export type AnyResource<Client = any> = Resource<Client>;

/** Returns its argument; it is there for the types. */
export function defineResource<Client>(resource: Resource<Client>): Resource<Client> {
  return resource;
}
