import { domainToASCII } from 'node:url';
import { Fault } from '@homelab/shared/faults.ts';

/** A name as Pi-hole stores it, and whether all below it was meant too. */
export interface DomainName {
  name: string;
  /** `*.x` was written. */
  below: boolean;
}

const LONGEST = 253;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const EXAMPLE = 'Give a name such as `ads.example.com`.';

/** Reads what people paste: scheme, port, path and trailing dot go, letters fold, IDN becomes punycode. Throws `invalid_input` with the reason. */
export function domainName(given: string): DomainName {
  const refuse = (why: string): Fault => new Fault('invalid_input', `That is no domain: ${why}.`, { hint: EXAMPLE });
  const bare = given
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '');
  const below = bare.startsWith('*.');
  const name = below ? bare.slice(2) : bare;
  if (name === '') throw refuse('it is empty');
  if (/\s/.test(name)) throw refuse('it has spaces in it');
  if (name.includes('*')) throw refuse('a star may only stand in front, as in `*.example.com`');
  if (/^[\d.]+$/.test(name) || name.includes(':')) throw refuse('it is an address');
  const ascii = domainToASCII(name.toLowerCase());
  if (ascii === '' || ascii.length > LONGEST) throw refuse(`it is not one, or longer than ${LONGEST} characters`);
  if (!ascii.split('.').every((label) => LABEL.test(label)))
    throw refuse('a part of it is empty, too long or has signs that no domain has');
  return { name: ascii, below };
}

/** The regular expression for a name and all below it. */
export function subdomainsRegex(name: string): string {
  return `(\\.|^)${name.replace(/[.\\+*?^$()[\]{}|]/g, '\\$&')}$`;
}
