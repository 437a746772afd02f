import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logger } from '../../../shared/log/logger.ts';
import { sentinels } from '../../../shared/redact/sentinels.ts';
import { describeWith } from '../../../shared/testing/engines.ts';
import { TOKENS } from '../../../shared/testing/start.ts';
import { labFolder } from './lab-folder.ts';
import { labServer } from './lab-server.ts';
import { branches, picture } from './picture.ts';
import { SMALL_LAB } from './small-lab.ts';
import { stateFolder } from './state-folder.ts';

const secrets = sentinels(4711);

/** Texts with a canary each, as people write secrets into notes. */
const WRITTEN: ((secret: string) => string)[] = [
  (secret) => `DB_PASSWORD=${secret}`,
  (secret) => `password: "${secret}"`,
  (secret) => `export API_TOKEN='${secret}'`,
  (secret) => `curl -H "Authorization: Bearer ${secret}" http://nas`,
  (secret) => `postgres://immich:${secret}@database:5432/immich`,
  (secret) => `mysql -uroot -p${secret} -e "select 1"`,
  (secret) => `{"clientSecret":"${secret}"}`,
  (secret) => `-----BEGIN OPENSSH PRIVATE KEY-----\n${secret}\n-----END OPENSSH PRIVATE KEY-----`,
  (secret) =>
    `ghp_${secret
      .replace(/[^A-Za-z0-9]/g, 'x')
      .padEnd(36, 'a')
      .slice(0, 36)}`,
  (secret) => `sshpass -p '${secret}' ssh nas`,
];

function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

describeWith(['git'], 'secrets in proposals', () => {
  test('50 canaries in 5 places are refused by kind and line, and stand nowhere afterwards', async () => {
    // Where a call waits for a person its arguments lie on the disk: that must not begin before the refusal.
    const state = stateFolder('version: 1\ndefaults: { write: operator }\n');
    const lines: string[] = [];
    const log = logger({ name: 'mcp-homelab', level: 'debug', destination: { write: (line) => lines.push(line) } });
    const lab = labFolder(SMALL_LAB, { git: true });
    const { call } = await labServer(lab, { token: TOKENS.write, start: { state, log } });
    const before = picture(lab);
    const canaries: string[] = [];
    const replies: string[] = [];
    for (let n = 0; n < 50; n++) {
      const canary = n % 2 ? secrets.hex() : secrets.random();
      const written = (WRITTEN[n % WRITTEN.length] as (secret: string) => string)(canary);
      canaries.push(written.includes(canary) ? canary : written);
      const change = [
        { path: `docs/${n}.md`, text: `# N\n\nfirst\n${written}\n` },
        { path: 'docs/network.md', section: 'Guest wireless', text: `first\n${written}` },
        { path: 'docs/network.md', find: 'The guest SSID', replace: `x\n${written}\n` },
        { path: 'docs/network.md', find: written, replace: 'x' },
        { path: 'docs/network.md', find: 'The guest SSID', replace: 'x', reason: written.slice(0, 500) },
      ][Math.floor(n / 10)];
      const { text, isError } = await call('docs_propose', { reason: 'because of the test', ...change });
      expect([n, isError, text]).toEqual([
        n,
        true,
        expect.stringMatching(/^invalid_input: What looks like a secret stands in (text|replace|find|reason): [a-z ]+ in line \d/),
      ]);
      replies.push(text);
    }
    const objects = lab.git(['cat-file', '--batch', '--batch-all-objects', '--unordered']);
    const [told, logged, stored] = [replies.join('\n'), lines.join(''), everything(state)];
    expect(logged).toContain('docs_propose');
    for (const canary of canaries) {
      for (const [where, text] of Object.entries({ told, logged, stored, objects }))
        expect([where, text.includes(canary)]).toEqual([where, false]);
    }
    expect(branches(lab)).toEqual([]);
    expect(picture(lab)).toEqual(before);
  });

  test('a secret of which each half is harmless alone is refused where the edit puts them together', async () => {
    const lab = labFolder({ 'docs/a.md': '# A\n\nDB_PASSWORD=\n\nEnd\n' }, { git: true });
    const { call } = await labServer(lab, { token: TOKENS.write });
    const change = { path: 'docs/a.md', find: '=\n\nEnd', replace: `=${secrets.random()}\n\nEnd`, reason: 'because of the test' };
    expect((await call('docs_propose', change)).text).toMatch(
      /^invalid_input: What looks like a secret stands in the document: named value in line 3\./,
    );
    expect(branches(lab)).toEqual([]);
  });
});
