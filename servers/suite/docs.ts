import { fileURLToPath } from 'node:url';
import { bringUpToDate, generate } from '@homelab/shared/commands/docs.ts';
import { modules } from './modules.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const check = process.argv.includes('--check');
const stale = bringUpToDate(generate(modules, root), root, check);
if (stale.length === 0) console.log('Generated files are up to date.');
else console.log(`${check ? 'Out of date; run npm run docs:' : 'Written:'} ${stale.join(', ')}`);
if (check && stale.length > 0) process.exitCode = 1;
