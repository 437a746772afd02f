// A process of its own, so that the first index is measured as a starting server meets it: cold.
import { openRepository } from '@homelab/mcp-homelab/client/repository.ts';
import { ENGINES } from './engines.ts';

const [folder = '', name = ''] = process.argv.slice(2);
const begun = performance.now();
const repository = await openRepository(folder, { watch: false });
const files = repository.files();
const read = performance.now();
const engine = ENGINES[name]?.();
engine?.update(files);
process.send?.({ files: files.length, readMs: read - begun, indexMs: performance.now() - read });
await repository.close();
