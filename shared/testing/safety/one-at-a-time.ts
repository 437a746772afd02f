// Works on one target as often as told and notes each visit in a file that shows when two were there at once; ends by itself or is killed inside.
import { appendFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { silent } from '../../log/logger.ts';
import { brakes } from '../../safety/brakes.ts';

const [folder = '', name = '', times = '1', hang = ''] = process.argv.slice(2);
const lease = { waitMs: 60_000, staleMs: 1_500, beatMs: 100 };
const guard = brakes({ folder, log: silent, lease });
const visits = join(folder, 'visits');

for (let visit = 0; visit < Number(times); visit++) {
  await guard.run({ tool: 'test_visit', targets: ['the/target'] }, async (held) => {
    appendFileSync(visits, `in ${name}\n`);
    if (hang) {
      writeSync(1, 'inside\n');
      await pause(600_000);
    }
    await pause(Math.random() * 10);
    held();
    appendFileSync(visits, `out ${name}\n`);
  });
}
