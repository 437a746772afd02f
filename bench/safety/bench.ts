import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from '@homelab/shared/log/logger.ts';
import { openAudit } from '@homelab/shared/safety/audit.ts';
import type { AuditEntry } from '@homelab/shared/safety/audit-line.ts';
import { verifyAudit } from '@homelab/shared/safety/audit-verify.ts';
import { recorder } from '@homelab/shared/safety/record.ts';
import { type Bench, type Figure, figure, interleave, wallMs } from '../harness.ts';
import { openCalls } from './calls.ts';

const ROUNDS = 150;
const AT_ONCE = 200;
const ENTRY: AuditEntry = {
  ...{ kind: 'began', caller: 'laptop', what: 'dns_set_blocking', level: 'write', targets: ['pihole:primary', 'pihole:backup'] },
  arguments: { blocking: false, minutes: 10 },
};

/** What the audit costs beside what this disk takes for one sync. */
export const bench: Bench = {
  name: 'safety',
  about: 'what a write costs beside the same call as read and one fsync of this disk',
  async run({ print }): Promise<readonly Figure[]> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-safety-'));
    mkdirSync(join(folder, 'bare'));
    const bare = await open(join(folder, 'bare', 'file'), 'ax');
    const audit = openAudit({ folder, server: 'bench', log: silent });
    const record = recorder(audit, silent);
    const bytes = Buffer.alloc(450, 'x');
    const calls = await openCalls();
    try {
      await audit.append({ ...ENTRY, kind: 'started' });
      const sync = async (): Promise<void> => {
        await bare.write(bytes);
        await bare.datasync();
      };
      const all = await interleave(
        [
          { name: 'fsync', run: () => wallMs(sync) },
          { name: 'append', run: () => wallMs(() => audit.append(ENTRY)) },
          { name: 'read', run: () => wallMs(() => calls.call('read')) },
          { name: 'write', run: () => wallMs(() => calls.call('write')) },
          { name: 'record', run: () => wallMs(() => record(ENTRY, async () => undefined)) },
        ],
        ROUNDS,
      );
      const many = await interleave(
        [{ name: 'many', run: () => wallMs(() => Promise.all(Array.from({ length: AT_ONCE }, () => audit.append(ENTRY)))) }],
        20,
      );
      const of = (name: string): number => all.get(name)?.median ?? Number.NaN;
      const reference = { name: 'write + fsync', value: of('fsync') };
      const shared = many.get('many')?.median ?? Number.NaN;
      await audit.close();
      const verified = await wallMs(() => verifyAudit(folder));
      print(`medians of ${ROUNDS} rounds in ${folder}`);
      const twice = { name: '2 x read + one fsync', value: 2 * of('read') + of('fsync') };
      return [
        figure({ name: 'the call as read', value: of('read'), unit: 'ms', reference }),
        figure({
          name: 'the call as write',
          value: of('write'),
          unit: 'ms',
          reference: twice,
          goal: { at: 'most', value: 1, of: 'ratio' },
        }),
        figure({
          name: 'append, one at a time',
          value: of('append'),
          unit: 'ms',
          reference,
          goal: { at: 'most', value: 1.5, of: 'ratio' },
        }),
        figure({ name: 'record around nothing', value: of('record'), unit: 'ms', reference, goal: { at: 'most', value: 2, of: 'ratio' } }),
        figure({
          name: `${AT_ONCE} appends at once`,
          value: shared,
          unit: 'ms',
          reference,
          note: `${((shared * 1000) / AT_ONCE).toFixed(0)} us each`,
        }),
        figure({ name: 'verify', value: verified, unit: 'ms', note: `${verifyAudit(folder).lines} lines` }),
      ];
    } finally {
      await calls.close();
      await bare.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
