import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A throw-away repository for tests of the inventory. */
export interface InventoryFolder {
  root: string;
  write: (path: string, text: string) => void;
  remove: () => void;
}

/** Makes a folder with these files below it. */
export function inventoryFolder(files: Record<string, string> = {}): InventoryFolder {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'inventory-')));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return { root, write, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** A contract with the fields it must have; `more` is YAML that follows. */
export function contractText(name: string, more = 'depends_on: []\n'): string {
  return `apiVersion: homelab/v1
kind: Service
name: ${name}
description: Made for a test
owner_node: nas
runtime: { type: external }
exposure: []
healthcheck: { type: none, reason: made up }
restart_policy: none
persistence: []
${more}`;
}

/** The path of a contract. */
export function contractPath(name: string): string {
  return `infrastructure/services/${name}.yaml`;
}

/** A hosts file with hosts of these names. */
export function hostsText(...names: string[]): string {
  const hosts = names.map((name, index) => `  - { name: ${name}, address: 192.0.2.${index + 1}, os: { family: linux } }\n`);
  return `apiVersion: homelab/v1\nkind: Hosts\nhosts:\n${hosts.join('')}`;
}
