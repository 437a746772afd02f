import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { silent } from '../log/logger.ts';
import { openAudit } from './audit.ts';
import { chainFiles } from './audit-folder.ts';
import { type Head, seal, unseal } from './audit-line.ts';
import { verifyAudit } from './audit-verify.ts';

let state: string;
let head: Head | undefined;
const path = (file: string): string => join(state, 'audit', file);

/** Two chains: `a` over several files and left open as by a crash, `b` ended in order. */
beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'verify-'));
  const a = openAudit({ folder: state, server: 'mcp-dns', instance: 'a', log: silent, fileLimit: 1_500 });
  const b = openAudit({ folder: state, server: 'mcp-docker', instance: 'b', log: silent });
  for (let index = 0; index < 16; index++) {
    for (const audit of [a, b]) await audit.append({ kind: 'began', caller: 'laptop', what: `tool_${index}` });
  }
  head = a.head();
  await b.close();
});

function edit(file: string, change: (lines: string[]) => string[]): void {
  writeFileSync(path(file), `${change(readFileSync(path(file), 'utf8').trim().split('\n')).join('\n')}\n`);
}

const broken = (heads: readonly Head[] = []): string[] =>
  verifyAudit(state, heads)
    .findings.filter(({ severity }) => severity === 'broken')
    .map(({ file, line, what }) => `${file}:${line} ${what}`);

const logged = (): Head[] => (head ? [head] : []);

test('what nobody touched is in order, over a change of files and with the logged head', () => {
  expect(verifyAudit(state, logged())).toMatchObject({ ok: true, chains: 2, heads: 1, findings: [] });
  expect(verifyAudit(state).files).toBeGreaterThan(3);
});

test('a removed line', () => {
  edit('mcp-docker-b.jsonl', (lines) => lines.toSpliced(4, 1));
  expect(broken()).toEqual(['mcp-docker-b.jsonl:5 entry 5 is missing before this line']);
});

test('an edited line', () => {
  edit('mcp-docker-b.jsonl', (lines) => lines.with(4, lines[4]?.replace('laptop', 'guest1') ?? ''));
  expect(broken()).toEqual(['mcp-docker-b.jsonl:5 entry 5 was changed after it was written']);
});

test('an edited line with a hash that fits it', () => {
  edit('mcp-docker-b.jsonl', (lines) => {
    const { hash: _, ...record } = JSON.parse(lines[4] ?? '');
    return lines.with(4, seal({ ...record, caller: 'guest1' }).text.trim());
  });
  expect(broken()).toEqual(['mcp-docker-b.jsonl:6 entry 6 does not follow from the entry before it: one of them was replaced']);
});

test('a chain written anew from the middle, with hashes that fit', () => {
  let prev = '';
  edit('mcp-docker-b.jsonl', (lines) =>
    lines.map((line, index) => {
      if (index < 4) {
        prev = JSON.parse(line).hash;
        return line;
      }
      const { hash: _, ...record } = JSON.parse(line);
      const { text, hash } = seal({ ...record, caller: 'guest1', prev });
      prev = hash;
      return text.trim();
    }),
  );
  expect(broken()).toEqual([expect.stringMatching(/^mcp-docker-b\.jsonl:17 entry 17 is not the one that manifest\.jsonl:\d+ knows/)]);
});

test('two swapped lines', () => {
  edit('mcp-docker-b.jsonl', (lines) => lines.with(4, lines[5] ?? '').with(5, lines[4] ?? ''));
  expect(broken()).toEqual(['mcp-docker-b.jsonl:6 entry 5 is out of its place: lines were swapped or repeated']);
});

test('a line that is no line of ours, and one broken byte that decodes like the one before', () => {
  edit('mcp-docker-b.jsonl', (lines) => lines.with(4, 'x'.repeat(50)));
  expect(broken()).toEqual(['mcp-docker-b.jsonl:5 is no line of the audit any more']);
  const { text } = seal({ note: 'a\ufffdb' });
  const bytes = Buffer.from(text.trim());
  const at = bytes.indexOf(Buffer.from('\ufffd'));
  expect(unseal(bytes)?.intact).toBe(true);
  expect(unseal(Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]))?.intact).toBe(false);
});

test('a cut tail: with the logged head, and without it where the chain ended in order', () => {
  edit('mcp-docker-b.jsonl', (lines) => lines.slice(0, -2));
  expect(broken()).toEqual([
    expect.stringMatching(/^mcp-docker-b\.jsonl:0 the tail was cut: it ends with entry 15, and manifest\.jsonl:\d+/),
  ]);
});

/** The last file of the chain that was left open. */
const newest = (): string => chainFiles(join(state, 'audit')).findLast(({ chain }) => chain === 'mcp-dns-a')?.file ?? '';

test('a cut tail of a chain that did not end in order shows by the logged head, and by the start after it', async () => {
  const audit = openAudit({ folder: state, server: 'mcp-dns', instance: 'z', log: silent });
  await audit.append({ kind: 'started', caller: 'mcp-dns', what: 'server' });
  edit(newest(), (lines) => lines.slice(0, -1));
  expect(broken(logged())).toEqual([
    expect.stringMatching(/the tail was cut: it ends with entry \d+, and a head that was logged knows/),
    expect.stringMatching(/the tail was cut: it ends with entry \d+, and manifest\.jsonl:\d+ knows/),
  ]);
});

test('a torn last line is told as what a crash leaves, not as tampering', () => {
  appendFileSync(path(newest()), '{"seq":99,"ki');
  const torn = { file: newest(), severity: 'notice', what: expect.stringContaining('torn: 13 bytes') };
  expect(verifyAudit(state, logged())).toMatchObject({ ok: true, findings: [torn] });
});

test('a missing chain, a missing file of a chain, and a file that was put there', () => {
  rmSync(path('mcp-docker-b.jsonl'));
  expect(broken()).toContainEqual(expect.stringMatching(/^mcp-docker-b\.jsonl:0 the file is missing/));
  rmSync(path('mcp-dns-a.1.jsonl'));
  const found = broken().filter((one) => one.startsWith('mcp-dns-a'));
  expect(found).toContainEqual(expect.stringMatching(/^mcp-dns-a\.2\.jsonl:1 entr(y|ies) .* missing before this line$/));
  writeFileSync(path('mcp-dns-x.jsonl'), readFileSync(path('mcp-dns-a.jsonl')));
  expect(broken()).toContainEqual(expect.stringMatching(/^mcp-dns-x\.jsonl:0 the file is not in manifest\.jsonl/));
});

test('a file that is removed together with its line in the list', () => {
  rmSync(path('mcp-dns-a.1.jsonl'));
  edit('manifest.jsonl', (lines) => lines.filter((line) => !line.includes('mcp-dns-a.1.jsonl')));
  expect(broken()).toContainEqual(expect.stringMatching(/^manifest\.jsonl:\d+ a line before this one was removed or changed/));
});

test('a whole chain removed with its line in the list shows by the logged head', () => {
  for (const file of ['', '.1', '.2', '.3', '.4']) rmSync(path(`mcp-dns-a${file}.jsonl`), { force: true });
  rmSync(path('manifest.jsonl'));
  rmSync(path('mcp-docker-b.jsonl'));
  expect(broken(logged())).toEqual([expect.stringMatching(/^mcp-dns-a\.jsonl:0 the chain is missing; a head that was logged knows it/)]);
});

test('an edited line of the list, and a file whose line in it is gone', () => {
  edit('manifest.jsonl', (lines) => lines.with(1, lines[1]?.replace('mcp-docker', 'mcp-dicker') ?? ''));
  expect(broken()).toContainEqual('manifest.jsonl:2 the line was changed after it was written');
  edit('manifest.jsonl', (lines) => lines.slice(0, 1));
  expect(broken()).toContainEqual(expect.stringMatching(/^mcp-docker-b\.jsonl:0 the file is not in manifest\.jsonl/));
});
