import { HostFault } from '../host-fault.ts';
import { fingerprintOf, sameFingerprint } from './fingerprint.ts';

/** Fingerprints that were seen first on hosts with `trust: first-use`. */
export interface PinBook {
  get(host: string): string | undefined;
  /** Keeps it for good; throws where it cannot be kept. */
  keep(host: string, fingerprint: string): void;
}

/** What is known beforehand of a host's key. */
export interface HostPin {
  host: string;
  /** From hosts.yaml. */
  fingerprint?: string | undefined;
  /** `trust: first-use` in hosts.yaml. */
  firstUse?: boolean | undefined;
}

/** Decides about the key a host shows; undefined means that it is the right one. Never sees a credential: it runs before any is sent. */
export function judgeHostKey({ host, fingerprint, firstUse }: HostPin, key: Buffer, pins: PinBook): HostFault | undefined {
  const seen = fingerprintOf(key);
  const expected = fingerprint ?? (firstUse ? pins.get(host) : undefined);
  if (expected !== undefined) {
    // SECURITY: whoever answers with another key is another machine; going on would hand it our login and every command.
    if (sameFingerprint(expected, seen)) return undefined;
    return new HostFault(
      host,
      'host_key_changed',
      `${host} shows another host key than the pinned one: expected ${expected}, received ${seen}.`,
      {
        hint: `If ${host} was set up anew, read its fingerprint at the machine itself (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and compare, then: npm run trust -- ${host}`,
      },
    );
  }
  if (!firstUse)
    return new HostFault(host, 'host_key_unknown', `The host key of ${host} is not pinned; it shows ${seen}.`, {
      hint: `Compare it at the machine itself (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then: npm run trust -- ${host}`,
    });
  // SECURITY: kept before the login, so that a key that could not be kept is not trusted once more by chance.
  pins.keep(host, seen);
  return undefined;
}
