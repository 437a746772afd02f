import { connect } from 'node:net';
import ssh2 from 'ssh2';
import type { HostSettings } from '../host-settings.ts';
import { algorithms } from './algorithms.ts';
import { CONNECT_MS, connectFault } from './connect.ts';
import { fingerprintOf } from './fingerprint.ts';

/** The fingerprint of the key that a host shows now; nothing is logged in and nothing is trusted by asking. */
export function shownFingerprint({ name, address, sleepy }: HostSettings, { user, port }: { user: string; port: number }): Promise<string> {
  const client = new ssh2.Client();
  const sock = connect({ host: address, port });
  return new Promise<string>((resolve, reject) => {
    const fail = (error: unknown) => reject(connectFault({ host: name, sleepy, user, port }, error));
    sock.on('error', fail);
    client.on('error', fail);
    client.on('close', () => fail(new Error('closed')));
    client.connect({
      sock,
      username: user,
      algorithms,
      readyTimeout: CONNECT_MS,
      hostVerifier: (key: Buffer) => {
        resolve(fingerprintOf(key));
        return false;
      },
    });
  }).finally(() => {
    client.destroy();
    sock.destroy();
  });
}
