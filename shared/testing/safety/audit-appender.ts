// A process that records as fast as it can until it is killed; on its standard output it tells every entry that was acknowledged.
import { writeSync } from 'node:fs';
import { silent } from '../../log/logger.ts';
import { openAudit } from '../../safety/audit.ts';

const [folder = '', server = '', instance = '', most = 'Infinity', size = '200'] = process.argv.slice(2);
const audit = openAudit({ folder, server, instance, log: silent, fileLimit: 60_000 });
const reason = 'x'.repeat(Number(size));

for (let call = 0; call < Number(most); ) {
  const batch = Array.from({ length: 1 + Math.floor(Math.random() * 40) }, () => `${instance}:${call++}`);
  await Promise.all(
    batch.map(async (one) => {
      await audit.append({ kind: 'began', caller: 'test', what: 'tool', call: one, reason });
      writeSync(1, `${one}\n`);
    }),
  );
}
await audit.close();
