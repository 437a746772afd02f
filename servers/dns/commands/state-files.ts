import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '@homelab/shared/config/replace-file.ts';
import { Fault } from '@homelab/shared/faults.ts';
import { z } from 'zod';
import type { SessionKeeper } from '../client/session.ts';
import type { PendingStore } from '../client/watch.ts';

const Pendings = z.array(
  z.object({
    id: z.string(),
    node: z.string(),
    kind: z.enum(['blocking', 'rule', 'client']),
    until: z.number(),
    about: z.record(z.string(), z.unknown()),
  }),
);

/** Sessions in files of their own, readable by this user only. */
export function sessionFiles(folder: string): SessionKeeper {
  const file = (node: string) => join(folder, `session-${encodeURIComponent(node)}`);
  return {
    load: (node) => (existsSync(file(node)) ? readFileSync(file(node), 'utf8').trim() || undefined : undefined),
    save(node, sid) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (sid === undefined) rmSync(file(node), { force: true });
      else replaceFile(file(node), `${sid}\n`);
    },
  };
}

/** What must come to an end, on the disk before it begins. */
export function pendingFile(folder: string): PendingStore {
  const file = join(folder, 'pending.json');
  return {
    load() {
      if (!existsSync(file)) return [];
      try {
        return Pendings.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch (cause) {
        // Going on without it would leave blocking off for good.
        throw new Fault('unavailable', 'The file of pauses and temporary rules cannot be read.', {
          hint: 'See dns/pending.json in STATE_DIR: mend it or move it away, then look at dns_overview.',
          cause,
        });
      }
    },
    save(all) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      replaceFile(file, `${JSON.stringify(all)}\n`);
    },
  };
}
