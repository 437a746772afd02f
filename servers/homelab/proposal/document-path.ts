import { Fault } from '@homelab/shared/faults.ts';
import { isInventoryPath } from '@homelab/shared/inventory/text-problems.ts';

const SEGMENT = /^[\p{L}\p{N}_][\p{L}\p{N}\p{M} ._()+,-]*$/u;
const PROSE = /\.(md|markdown)$/i;
const YAML = /\.ya?ml$/i;
const YAML_FOLDERS = /^(decisions|adr|runbooks|docs)\//i;
const COMPOSE = /(^|\/)(docker-|podman-)?compose([.-][^/]*)?\.ya?ml$/i;
const VENDORED = /^(node_modules|vendor|venv|site-packages|dist|target|bower_components)$/i;
// SECURITY: a page that AI programs read as their orders would carry one caller's words into every later session.
const ORDERS =
  /(^|\/)((claude|agents?|gemini|qwen|skill|copilot-instructions)(\.local)?|[^/]*\.(instructions|prompt|chatmode|agent))\.(md|markdown)$/i;

/** Throws `denied` for a path, already known to be inside, where no document stands: code, CI, settings, hidden folders, orders to AI programs. */
export function assertDocumentPath(path: string): void {
  const parts = path.split('/');
  const plain = parts.every((part) => SEGMENT.test(part) && !/[. ]$/.test(part) && !VENDORED.test(part));
  const yaml = YAML.test(path) && !COMPOSE.test(path) && (isInventoryPath(path) || YAML_FOLDERS.test(path));
  if (plain && path.length <= 200 && parts.length <= 12 && (yaml || (PROSE.test(path) && !ORDERS.test(path)))) return;
  throw new Fault('denied', 'Proposals are for documents only, and that path is none.', {
    hint: 'Allowed are .md files, .yaml files of docs/, decisions/ and runbooks/, and the inventory in infrastructure/; no hidden folders, no orders to AI programs such as CLAUDE.md.',
  });
}

/** The service that a path of the inventory or of its documents belongs to. */
export function serviceOf(path: string): string | undefined {
  return /(?:^|\/)services\/([a-z0-9][a-z0-9-]*)(?:\/|\.)/.exec(path)?.[1];
}
