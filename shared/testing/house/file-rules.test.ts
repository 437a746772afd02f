import { expect, test } from 'vitest';
import { fileBreaches, wordBreaches } from './file-rules.ts';

const lines = (count: number): string => '// line\n'.repeat(count);

test.each([
  ['shared/log/log.ts', lines(251), '251 lines'],
  ['shared/log/utils.ts', '', 'says nothing'],
  ['shared/log/types.ts', '', 'says nothing'],
  ['shared/log/index.ts', '', 'says nothing'],
  ['shared/log/callLog.ts', '', 'kebab-case'],
  ['shared/log/log.ts', '\nexport default 1;\n', 'shared/log/log.ts:2: default export'],
  ['shared/log/log.test.ts', '\ntest.skip("x", () => {});\n', 'shared/log/log.test.ts:2: skipped'],
  ['shared/log/log.test.ts', 'describe.skipIf(!git)("x", () => {});\n', 'skipped or chosen'],
  ['shared/log/log.test.ts', 'it.only.each([1])("x", () => {});\n', 'skipped or chosen'],
  ['shared/log/log.ts', 'const a = 1;\nexport { a as default };\n', 'default export'],
])('%s is refused (%#)', (path, text, named) => {
  expect(fileBreaches([{ path, text }])).toEqual([expect.stringContaining(named)]);
});

test.each([
  ['servers/dns/index.ts', lines(250)],
  ['bench/index.ts', ''],
  ['shared/mcp/run-tool.test.ts', ''],
  ['servers/dns/tests/piholes.integration.test.ts', ''],
  ['vitest.config.ts', 'export default {};\n'],
])('%s is in order', (path, text) => {
  expect(fileBreaches([{ path, text }])).toEqual([]);
});

test.each([
  ['const a = 1; // TO' + 'DO later', 'unfinished'],
  ['see /wo' + 'rk/main', 'one machine'],
  ['cat /ro' + 'ot/.ssh/config', 'one machine'],
  ["open('/tm" + "p/x')", 'one machine'],
  ['"resolved": "http' + 's://host/a.tgz"', 'package host'],
  ['https://registry.n' + 'pmjs.org/a', 'package host'],
])('"%s" is refused', (text, rule) => {
  expect(wordBreaches([{ path: 'README.md', text: `one\n${text}\n` }])).toEqual([
    expect.stringMatching(new RegExp(`^README.md:2: .*${rule}`)),
  ]);
});

test('a path inside a container is none of this machine', () => {
  expect(wordBreaches([{ path: 'compose/nas/compose.yaml', text: 'ollama:/ro' + 'ot/.ollama' }])).toEqual([]);
});

test('lookalikes are left alone', () => {
  const text = 'a/work/b ~/work/ $HOME/work/x https://example.org/work/ mktemp -d name.XXXXXX todo list';
  expect(wordBreaches([{ path: 'README.md', text }])).toEqual([]);
});
