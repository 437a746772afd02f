import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from '@homelab/shared/faults.ts';
import { z } from 'zod';
import type { PinBook } from './ssh/host-key.ts';

const Pins = z.record(z.string(), z.string());

/** Host keys that were trusted at first sight, in one file of the state folder; `write` replaces a file whole. A broken file is a Fault: nothing is trusted anew. */
export function pinFile(path: string, write: (path: string, text: string) => void): PinBook {
  const read = (): Record<string, string> => {
    try {
      return Pins.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
      // SECURITY: a file that cannot be read must not make every host a new one.
      throw new Fault('unavailable', 'The file of trusted host keys cannot be read.', {
        hint: 'It is docker-host-keys.json in STATE_DIR.',
        cause,
      });
    }
  };
  return {
    get: (host) => read()[host],
    keep(host, fingerprint) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      write(path, `${JSON.stringify({ ...read(), [host]: fingerprint }, null, 2)}\n`);
    },
  };
}
