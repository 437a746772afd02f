import { z } from 'zod';

const IPV4 = z.ipv4();
const IPV6 = z.ipv6();

/** True for an IPv4 or IPv6 address, without a port or a prefix length. */
export function isAddress(text: string): boolean {
  return IPV4.safeParse(text).success || IPV6.safeParse(text).success;
}

/** Addresses as numbers that can be compared within one family. */
export interface Numbered {
  family: 4 | 6;
  value: bigint;
}

/** The number of an address; undefined for what is none. */
export function addressNumber(text: string): Numbered | undefined {
  if (IPV4.safeParse(text).success) return { family: 4, value: text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  if (!IPV6.safeParse(text).success) return undefined;
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const tail = dotted ? addressNumber(dotted[2] ?? '')?.value : undefined;
  const plain = tail === undefined ? text : `${dotted?.[1]}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  const [head = '', rest] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = rest === undefined || rest === '' ? [] : rest.split(':');
  const groups = rest === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return { family: 6, value: groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n) };
}

/** First and last address of a range such as `192.0.2.0/25`. */
export interface Span {
  family: 4 | 6;
  first: bigint;
  last: bigint;
}

/** The addresses of a network; undefined for what is no CIDR notation. */
export function cidrSpan(cidr: string): Span | undefined {
  const [address = '', length = ''] = cidr.split('/');
  const number = addressNumber(address);
  if (!number || !/^\d+$/.test(length)) return undefined;
  const free = BigInt((number.family === 4 ? 32 : 128) - Number(length));
  if (free < 0n) return undefined;
  const first = (number.value >> free) << free;
  return { family: number.family, first, last: first + (1n << free) - 1n };
}

/** Whether an address lies in a span; false for another family. */
export function isWithin(address: Numbered, span: Span): boolean {
  return address.family === span.family && address.value >= span.first && address.value <= span.last;
}
