import { readFileSync } from 'node:fs';
import { Fault } from '@homelab/shared/faults.ts';
import ssh2, { type ParsedKey } from 'ssh2';

/** What may be logged in with; secrets print as nothing but `[secret]`. */
export interface KeyOptions {
  /** A private key as text. */
  key?: { reveal(): string } | undefined;
  passphrase?: { reveal(): string } | undefined;
  /** Socket of an ssh-agent, read when a connection is made. */
  agent?: string | undefined;
}

/** How every connection logs in: the key first, then what the agent holds. */
export interface Credentials {
  key?: ParsedKey;
  agent?: string;
}

/** Reads the key, or throws `denied` with a sentence of ours: nothing of the key, its file or the parser is in it. */
export function credentials({ key, passphrase, agent }: KeyOptions): Credentials {
  const parsed = key && parse(key.reveal(), passphrase?.reveal());
  if (!parsed && !agent)
    throw new Fault('denied', 'There is no key to log in to the hosts with.', {
      hint: 'Set DOCKER_SSH_KEY_FILE to a private key, or SSH_AUTH_SOCK to an ssh-agent.',
    });
  return { ...(parsed && { key: parsed }), ...(agent && { agent }) };
}

function parse(text: string, passphrase: string | undefined): ParsedKey {
  // A key that went through a secret store often lost its last line break, or got Windows line ends.
  const tidy = `${text.replaceAll('\r\n', '\n').trim()}\n`;
  const parsed = ssh2.utils.parseKey(tidy, passphrase);
  const found = Array.isArray(parsed) ? parsed[0] : parsed;
  if (found && !(found instanceof Error)) {
    if (found.isPrivateKey()) return found;
    throw unreadable('The SSH key is a public key.', 'Set DOCKER_SSH_KEY_FILE to the private one, the file without .pub.');
  }
  const why = found instanceof Error ? found.message : '';
  if (/no passphrase|encrypted/i.test(why) && passphrase === undefined)
    throw unreadable('The SSH key is encrypted and there is no passphrase.', 'Set DOCKER_SSH_PASSPHRASE_FILE, or use an ssh-agent.');
  if (passphrase !== undefined && /passphrase|integrity|decrypt|mac|malformed/i.test(why))
    throw unreadable('The SSH key cannot be opened with this passphrase.', 'Check DOCKER_SSH_PASSPHRASE_FILE.');
  throw unreadable('The SSH key cannot be read.', 'DOCKER_SSH_KEY_FILE must be a private key as ssh-keygen writes it (ed25519 is best).');
}

function unreadable(sentence: string, hint: string): Fault {
  return new Fault('denied', sentence, { hint });
}

/** The text of a key file as a secret; `denied` where it cannot be read. */
export function keyFile(path: string): { reveal(): string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw unreadable(
      `The SSH key cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
      'Check DOCKER_SSH_KEY_FILE.',
    );
  }
  return { reveal: () => text };
}
