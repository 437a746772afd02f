import { Fault } from '../faults.ts';

/** Where an upstream lives: the origin to connect to, the path before every path, and the login that stood in the address. */
export interface Address {
  origin: string;
  basePath: string;
  authorization?: string;
}

export type Query = Record<string, string | number | boolean | undefined | readonly (string | number)[]>;

/** Reads a base address. A login in it becomes a header, so that it never shows in a request line or an error. */
export function address(baseUrl: string | URL, setting: string): Address {
  const url = URL.canParse(String(baseUrl)) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Fault('invalid_input', `The address in ${setting} is not an http or https address.`, {
      hint: `Set ${setting} to one like http://nas.lan:9090.`,
    });
  }
  const login = url.username || url.password ? `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` : undefined;
  return {
    origin: url.origin,
    basePath: url.pathname.replace(/\/+$/, ''),
    ...(login !== undefined && { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
  };
}

/** A path whose values are encoded, so that none can leave its place: path`/containers/${id}/json`. */
export function path(strings: TemplateStringsArray, ...values: (string | number)[]): string {
  return strings.reduce((sum, part, index) => `${sum}${segment(values[index - 1] ?? '')}${part}`);
}

function segment(value: string | number): string {
  const text = String(value);
  // SECURITY: `.` and `..` survive encoding and would climb to another endpoint.
  if (text === '' || text === '.' || text === '..') throw new Fault('invalid_input', 'An empty name, `.` or `..` cannot be looked up.');
  return encodeURIComponent(text);
}

/** The request target: base path, path and query joined. Undefined query values are left out, lists repeat their name. */
export function target({ basePath }: Address, pathname: string, query: Query = {}): string {
  // SECURITY: a path from outside must not reach another host, another endpoint or another header.
  if (!/^\/(?!\/)[^\s?#\\]*$/.test(pathname) || /(?:^|\/)\.{1,2}(?:\/|$)/.test(pathname)) {
    throw new Fault('internal', 'A request was to be sent to a path that is none.');
  }
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const item of value) params.append(name, String(item));
    else if (value !== undefined) params.append(name, String(value));
  }
  const search = params.toString();
  return `${basePath}${pathname}${search ? `?${search}` : ''}`;
}
