import { fixtureServer, shelf } from './fixture-server.ts';
import { start } from './start.ts';

// A server in a process of its own, which stops on SIGTERM as the real programs do; its parent asks and commands by messages.
const goods = shelf();
const server = await start(fixtureServer, goods);
process.on('message', (asked) => {
  if (asked === 'url') process.send?.(server.url);
  if (asked === 'waiting') process.send?.(goods.signals.length);
  if (asked === 'release') goods.letGo();
});
process.on('SIGTERM', async () => {
  await server.close();
  process.exit(0);
});
