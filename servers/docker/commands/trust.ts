import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Env, readEnv } from '@homelab/shared/config/read-env.ts';
import { replaceFile } from '@homelab/shared/config/replace-file.ts';
import { Fault } from '@homelab/shared/faults.ts';
import { loadInventory } from '@homelab/shared/inventory/load.ts';
import { z } from 'zod';
import { hostSettings } from '../client/host-settings.ts';
import { sameFingerprint } from '../client/ssh/fingerprint.ts';
import { shownFingerprint } from '../client/ssh/shown-key.ts';
import { dockerEnv } from '../config.ts';
import { pinInYaml } from './pin-in-yaml.ts';

const USAGE = `Usage:
  npm run trust -- HOST [--repo PATH] [--replace]

Asks HOST for its SSH host key, prints the fingerprint and writes it into infrastructure/hosts.yaml; the rest of the file stays as it is.
--replace is needed where another one is pinned. PATH is HOMELAB_REPO unless told.`;

const COMPARE = 'Compare it at the machine itself: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub';

interface Context {
  out: (text: string) => void;
  error: (text: string) => void;
  /** The process's own when absent. */
  env?: Env;
}

/** What `npm run trust` does; resolves to the exit code: 0 pinned, 1 it could not be done or another key is pinned, 2 wrong arguments. */
export async function trustCommand(argv: readonly string[], { out, error, env }: Context): Promise<number> {
  const say = (to: (text: string) => void, text: string, exit: number): number => {
    to(text);
    return exit;
  };
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { repo: { type: 'string' }, replace: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    const [name, ...more] = positionals;
    if (values.help) return say(out, USAGE, 0);
    if (!name || more.length > 0) return say(error, USAGE, 2);
    const root = values.repo ?? readEnv(z.object({ HOMELAB_REPO: dockerEnv.HOMELAB_REPO }), env).config.HOMELAB_REPO;
    const { hosts } = loadInventory(root);
    const found = hosts.find(({ value }) => value.name === name);
    const [settings] = hostSettings(found ? [found.value] : []);
    if (!found || !settings?.ssh) {
      const names = hostSettings(hosts.map(({ value }) => value)).filter(({ ssh }) => ssh);
      return say(
        error,
        `No host of this name has ssh and docker in hosts.yaml. There are: ${names.map((one) => one.name).join(', ') || 'none'}.`,
        1,
      );
    }
    if (settings.ssh.jump)
      return say(
        error,
        `${name} is reached through ${settings.ssh.jump}: read its fingerprint at the machine itself and enter it in hosts.yaml.`,
        1,
      );
    const fingerprint = await shownFingerprint(settings, settings.ssh);
    const file = join(root, found.place.file);
    const pinned = pinInYaml(readFileSync(file, 'utf8'), name, fingerprint);
    if (!pinned) return say(error, `${found.place.file} has no place for the fingerprint of ${name}.`, 1);
    if (pinned.before !== undefined && sameFingerprint(pinned.before, fingerprint))
      return say(out, `${name} shows ${fingerprint}, which is the pinned one.`, 0);
    if (pinned.before !== undefined && !values.replace)
      return say(
        error,
        `${name} shows another host key than the pinned one.\n  expected ${pinned.before}\n  received ${fingerprint}\n${COMPARE}\nNothing was written; --replace writes it.`,
        1,
      );
    const { mode } = statSync(file);
    replaceFile(file, pinned.text);
    chmodSync(file, mode);
    return say(out, `${name} shows ${fingerprint}; written into ${found.place.file}.\n${COMPARE}`, 0);
  } catch (failure) {
    if (failure instanceof Fault) return say(error, [failure.message, failure.hint].filter(Boolean).join('\n'), 1);
    if (failure instanceof TypeError && String((failure as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS'))
      return say(error, USAGE, 2);
    throw failure;
  }
}

if (import.meta.main) {
  process.exitCode = await trustCommand(process.argv.slice(2), { out: (text) => console.log(text), error: (text) => console.error(text) });
}
