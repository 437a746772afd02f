import { isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml';

/** What stands in hosts.yaml for a host, and the file's text with another fingerprint; undefined where there is no such host with ssh. */
export interface Pinned {
  before?: string;
  text: string;
}

/** Writes a fingerprint into the text of a hosts.yaml; not one other character changes, comments and layout stay. */
export function pinInYaml(text: string, host: string, fingerprint: string): Pinned | undefined {
  const hosts = parseDocument(text).get('hosts');
  if (!isSeq(hosts)) return undefined;
  const entry = hosts.items.find((item): item is YAMLMap => isMap(item) && item.get('name') === host);
  const ssh = entry?.get('ssh');
  if (!isMap(ssh)) return undefined;
  const value = ssh.get('fingerprint', true) as Node | undefined;
  if (isScalar(value) && value.range)
    return { before: String(value.value), text: spliced(text, value.range[0], value.range[1], `'${fingerprint}'`) };
  const first = ssh.items[0]?.key as Node | undefined;
  const at = first?.range?.[0];
  if (at === undefined) return undefined;
  const indent = ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
  return { text: spliced(text, at, at, `fingerprint: '${fingerprint}'${ssh.flow ? ', ' : `\n${indent}`}`) };
}

function spliced(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}
