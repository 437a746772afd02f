import { posix } from 'node:path';
import { fold } from '@homelab/shared/inventory/inventory.ts';
import type { SourceFile } from '../client/document.ts';
import { cell, tableRows } from './markdown-table.ts';

/** The host a stack runs on, and what that was taken from, as the end of a sentence. */
export interface Owner {
  host: string;
  why: string;
}

/** What there is to go by: names of known hosts with their other names. */
export interface Named {
  name: string;
  aliases: readonly string[];
}

const HOLDS_HOSTS = /^(hosts?|machines?|nodes?|servers?)$/i;
const HOLDS_MACHINES_OR_TOPICS = /^(compose|docker|stacks?|containers?)$/i;
const TOPIC =
  /^(media|monitoring|infra(structure)?|network(ing)?|apps?|home|smart-?home|tools?|databases?|db|security|services?|core|common|shared|proxy|downloads?|dev|prod|productivity|backups?|storage|iot|automation|auth|games?|ai)$/i;

/** Hosts that only folder names tell of: `hosts/nas/media/compose.yaml`, `compose/nas/media/compose.yaml`. */
export function hostFolders(stacks: readonly string[]): { name: string; stack: string }[] {
  const found = new Map<string, string>();
  for (const stack of stacks) {
    const folders = posix.dirname(stack).split('/');
    folders.forEach((folder, index) => {
      const next = folders[index + 1];
      if (next === undefined || found.has(next)) return;
      const below = folders.length - index - 2;
      if (HOLDS_HOSTS.test(folder)) found.set(next, stack);
      else if (HOLDS_MACHINES_OR_TOPICS.test(folder) && below >= 1 && !TOPIC.test(next)) found.set(next, stack);
    });
  }
  return [...found].map(([name, stack]) => ({ name, stack }));
}

/** Makes a function that tells on which host the stack of a compose file runs; undefined when nothing says so. */
export function owners(
  files: readonly SourceFile[],
  hosts: readonly Named[],
): (stack: string, services: readonly string[]) => Owner | undefined {
  const listed = lists(files, hosts);
  const tabled = tables(files, hosts);
  return (stack, services) => {
    const folders = posix.dirname(stack).split('/');
    // A file of its own per host, such as compose.nas.yaml, counts as a folder.
    const parts = [...folders, ...posix.basename(stack).split('.')];
    for (const part of parts.reverse()) {
      const host = hostNamed(hosts, part);
      if (host) return { host, why: `${part} stands in its path` };
    }
    const names = [folders.at(-1) ?? '', ...services];
    for (const source of [listed, tabled]) {
      for (const name of names) {
        const owner = source.get(fold(name));
        if (owner) return owner;
      }
    }
    return undefined;
  };
}

/** Words that stand as list items in the variables of one host: `stacks: [media, proxy]`. */
function lists(files: readonly SourceFile[], hosts: readonly Named[]): Map<string, Owner> {
  const found = new Map<string, Owner>();
  for (const { path, text } of files) {
    const written = /(?:^|\/)host_vars\/([^/]+?)(?:\.ya?ml$|\/)/.exec(path)?.[1];
    const host = written === undefined ? undefined : hostNamed(hosts, written);
    if (!host) continue;
    const flow = [...text.matchAll(/^[ \t]*\w+:[ \t]*\[([^\][]{0,2000})\]/gm)].flatMap(([, items = '']) => items.split(','));
    const block = [...text.matchAll(/^[ \t]*-[ \t]+(?:name:[ \t]*)?([\w.-]+)[ \t]*$/gm)].map(([, item = '']) => item);
    for (const item of [...flow, ...block]) {
      const key = fold(item.trim().replace(/^["']|["']$/g, ''));
      if (key !== '' && !found.has(key)) found.set(key, { host, why: `${path} lists it` });
    }
  }
  return found;
}

/** Tables with a column of services and one of hosts. */
function tables(files: readonly SourceFile[], hosts: readonly Named[]): Map<string, Owner> {
  const found = new Map<string, Owner>();
  for (const { path, text } of files) {
    if (!/\.(md|markdown|mdx)$/i.test(path)) continue;
    for (const row of tableRows(text)) {
      const service = cell(row, /^(services?|apps?|applications?|stacks?|containers?)$/);
      const host = hostNamed(hosts, cell(row, /^(hosts?|machine|server|node|runs on|where)$/) ?? '');
      if (!host || service === undefined) continue;
      for (const name of service.split(/,\s*/)) {
        const key = fold(name);
        if (!found.has(key)) found.set(key, { host, why: `the table at ${path}:${row.line} says so` });
      }
      // The other way round, a row of a host that lists what it runs.
    }
    for (const row of tableRows(text)) {
      const host = hostNamed(hosts, cell(row, /^(name|host ?name|hosts?|machine|server|node)$/) ?? '');
      const runs = cell(row, /^(runs|services|stacks|apps|containers|workloads?)$/);
      if (!host || runs === undefined) continue;
      for (const name of runs.split(/,\s*|\s+and\s+/)) {
        if (!found.has(fold(name))) found.set(fold(name), { host, why: `the table at ${path}:${row.line} says so` });
      }
    }
  }
  return found;
}

function hostNamed(hosts: readonly Named[], word: string): string | undefined {
  if (word === '') return undefined;
  return hosts.find(({ name, aliases }) => [name, ...aliases].some((one) => fold(one) === fold(word)))?.name;
}
