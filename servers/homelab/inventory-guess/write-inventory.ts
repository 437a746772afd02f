import { schemaLine } from '@homelab/shared/inventory/json-schema.ts';
import { Document, isCollection, isNode, isPair, isScalar } from 'yaml';
import { type Draft, pathText } from './draft.ts';
import { type Guess, guessedDevices } from './guess-inventory.ts';

/** A file of the first inventory. */
export interface Written {
  path: string;
  text: string;
}

const ORDER =
  'apiVersion kind name description aliases address mac domain roles os ssh docker owner_node runtime exposure depends_on healthcheck restart_policy limits privileges persistence secrets'.split(
    ' ',
  );

/** The files of an inventory for a person to correct: each guess in `guessed` and with a comment that says what it rests on. */
export function inventoryTexts({ drafts }: Guess): Written[] {
  const files = drafts.services.map((service) => {
    const document = new Document({ ...entity(service, { apiVersion: 'homelab/v1', kind: 'Service' }) });
    remark(document, [], service);
    return written(`infrastructure/services/${service.value.name}.yaml`, 'service', document, `from ${origin(service)}`);
  });
  const lists: Written[] = [];
  if (drafts.hosts.length > 0) {
    const document = new Document({ apiVersion: 'homelab/v1', kind: 'Hosts', hosts: drafts.hosts.map((host) => entity(host)) });
    drafts.hosts.forEach((host, index) => {
      remark(document, ['hosts', index], host);
      before(document.getIn(['hosts', index], true), `from ${origin(host)}`);
    });
    lists.push(written('infrastructure/hosts.yaml', 'hosts', document));
  }
  if (drafts.devices.length > 0) {
    const document = new Document({
      apiVersion: 'homelab/v1',
      kind: 'Network',
      devices: drafts.devices.map(({ value }) => value),
      guessed: guessedDevices(drafts.devices),
    });
    drafts.devices.forEach((device, index) => {
      remark(document, ['devices', index], device);
      before(document.getIn(['devices', index], true), `from ${origin(device)}`);
    });
    lists.push(written('infrastructure/network.yaml', 'network', document));
  }
  return [...lists, ...files.sort((a, b) => (a.path < b.path ? -1 : 1))];
}

function entity(from: Draft<object>, head: object = {}): object {
  const all: Record<string, unknown> = { ...head, ...from.value };
  const rank = (key: string) => ORDER.indexOf(key);
  const sorted = Object.entries(all).sort(([a], [b]) => rank(a) - rank(b));
  return { ...Object.fromEntries(sorted), ...(from.guesses.size > 0 ? { guessed: [...from.guesses.keys()] } : {}) };
}

function origin({ place }: Draft<unknown>): string {
  return `${place.file}:${place.line}`;
}

/** Puts the reason beside every guessed field. */
function remark(document: Document, above: readonly PropertyKey[], { guesses }: Draft<unknown>): void {
  for (const [field, why] of guesses) {
    const path = [...above, ...field.split(/[.[\]]+/).flatMap((part) => (part === '' ? [] : [/^\d+$/.test(part) ? Number(part) : part]))];
    const node = document.getIn(path, true);
    const text = `guessed: ${oneLine(why)}`;
    if (isScalar(node)) node.comment = ` ${text}`;
    else if (isCollection(node)) before(node, text);
    else throw new Error(`a guess names no field: ${pathText(path)}`);
  }
}

function before(node: unknown, text: string): void {
  if (isNode(node) && !isPair(node)) node.commentBefore = [node.commentBefore, ` ${oneLine(text)}`].filter(Boolean).join('\n');
}

function written(path: string, kind: Parameters<typeof schemaLine>[0], document: Document, about?: string): Written {
  const head = [
    schemaLine(kind),
    '# A first version made from what this repository says. Correct what is marked as guessed, then take it out of `guessed`.',
  ];
  if (about) head.push(`# ${oneLine(about)}`);
  return { path, text: `${head.join('\n')}\n${document.toString({ lineWidth: 140 })}` };
}

/** A comment is the end of a line: a path with a line break in it must not begin another one. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029\u0085]+/g, ' ');
}
