import { createHash, timingSafeEqual } from 'node:crypto';

/** `SHA256:` and 43 characters, as `ssh-keygen -lf` prints it, of a host key as it comes over the wire. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** Whether two fingerprints are the same, with or without padding, in constant time. */
export function sameFingerprint(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => Buffer.from(text.replace(/=+$/, ''))) as [Buffer, Buffer];
  return a.length === b.length && timingSafeEqual(a, b);
}
