import type { Serving } from '../serve.ts';
import { connectLines } from './connect-lines.ts';

/** What a person who starts the suite reads: where the servers are, and the exact lines to paste into each client. */
export function welcome({
  servers,
  notes,
  firstToken,
}: {
  servers: readonly Serving[];
  notes: readonly string[];
  firstToken?: string;
}): string {
  const width = Math.max(...servers.map((server) => server.name.length));
  const sections = [
    ['', ...servers.map((server) => `  ${server.name.padEnd(width)}  ${server.url}   ${server.title}`)],
    notes.map((note) => `  ${note}`),
    ...connectLines(servers, firstToken),
    firstToken
      ? [
          'This token (name `first`, level write) is shown only now. Keep it:',
          `  export HOMELAB_TOKEN=${firstToken}`,
          'More, each with its own level: npm run token -- add NAME --level read',
        ]
      : ['Tokens: npm run token -- list; another one: npm run token -- add NAME --level read'],
    ['What an AI may not do by itself waits for you: npm run actions -- list'],
    ['Stop with Ctrl-C. Something wrong? npm run doctor'],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
