import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readAudit } from '../safety/audit-read.ts';
import { type ClientKind, connect, type ElicitAnswer } from '../testing/connect.ts';
import { fixtureServer, shelf } from '../testing/fixture-server.ts';
import { start, TOKENS } from '../testing/start.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Kind {
  name: string;
  kind: ClientKind;
  canAsk: boolean;
  legacy: 'sessions' | 'stateless';
}

const KINDS: Kind[] = [
  { name: '2026 with a dialog', kind: 'v2-modern', canAsk: true, legacy: 'sessions' },
  { name: '2026 without', kind: 'v2-modern', canAsk: false, legacy: 'sessions' },
  { name: '2025 session', kind: 'v2-legacy', canAsk: true, legacy: 'sessions' },
  { name: 'SDK v1 session', kind: 'v1', canAsk: true, legacy: 'sessions' },
  { name: '2025 stateless', kind: 'v2-legacy', canAsk: true, legacy: 'stateless' },
];
const VERDICTS = ['allow', 'ask', 'operator', 'deny'] as const;
const ANSWERS = ['accept', 'no', 'decline', 'cancel', 'late', 'gone'] as const;
type AnswerKind = (typeof ANSWERS)[number];

/** What must come of it: worked out from the rules, not from the code. */
function expected(kind: Kind, verdict: (typeof VERDICTS)[number], answer: AnswerKind): { ran: boolean; told: RegExp; audit: string[] } {
  if (verdict === 'allow') return { ran: true, told: /now holds 4/, audit: ['began', 'ended'] };
  if (verdict === 'deny') return { ran: false, told: /^denied: The policy refuses .*Nothing was done/, audit: ['refused'] };
  // A stateless request of 2025 knows nothing of its client, so its person cannot be asked.
  if (verdict === 'operator' || !kind.canAsk || kind.legacy === 'stateless') {
    return { ran: false, told: /^approval_required: Nothing was done yet.*action [0-9a-z]{10} waits/, audit: ['asked'] };
  }
  const outcome: Record<AnswerKind, { ran: boolean; told: RegExp; audit: string[] }> = {
    accept: { ran: true, told: /now holds 4/, audit: ['asked', 'approved', 'began', 'ended'] },
    no: { ran: false, told: /^denied: The person was asked and answered no\. Nothing was done/, audit: ['asked', 'denied'] },
    decline: { ran: false, told: /^denied: The person was asked and declined\. Nothing was done/, audit: ['asked', 'denied'] },
    cancel: { ran: false, told: /^denied: The person was asked and closed the dialog\. Nothing was done/, audit: ['asked', 'denied'] },
    late: { ran: false, told: /(timeout: The answer came too late; nothing was done)|timed out/i, audit: ['asked'] },
    gone: { ran: false, told: /^$/, audit: ['asked'] },
  };
  return outcome[answer];
}

describe.each(KINDS)('$name', (kind) => {
  describe.each(VERDICTS)('policy %s', (verdict) => {
    test.each(ANSWERS)('person: %s', async (answer) => {
      const state = mkdtempSync(join(tmpdir(), 'approval-'));
      folders.push(state);
      writeFileSync(join(state, 'policy.yaml'), `version: 1\nrules: [{ tool: shelf_put, verdict: ${verdict}, why: the test says so }]\n`);
      const goods = shelf();
      const server = await start(fixtureServer, goods, {
        state,
        env: { LEGACY: kind.legacy },
        safety: { askMs: answer === 'late' ? 150 : 60_000 },
      });
      const leave = new AbortController();
      const questions: string[] = [];
      const elicit = async (message: string): Promise<ElicitAnswer> => {
        questions.push(message);
        if (answer === 'gone') leave.abort();
        if (answer === 'late' || answer === 'gone') await new Promise((resolve) => void setTimeout(resolve, 400));
        if (answer === 'decline' || answer === 'cancel') return { action: answer };
        return { action: 'accept', content: { approve: answer !== 'no' } };
      };
      const client = await connect(server.url, TOKENS.disruptive, kind.kind, kind.canAsk ? { elicit } : {});
      const call = client.call('shelf_put', { item: 'heavy stone' }, { signal: leave.signal });
      const told = await call.then(({ text }) => text).catch((error: Error) => (leave.signal.aborted ? '' : error.message));
      const want = expected(kind, verdict, answer);

      expect(told).toMatch(want.told);
      await client.close();
      await server.close();
      expect(goods.items.includes('heavy stone')).toBe(want.ran);
      expect(questions).toHaveLength(want.audit.includes('asked') && !want.told.source.includes('waits') ? 1 : 0);
      if (questions[0]) expect(questions[0]).toContain('heavy stone');
      const { entries } = await readAudit(state);
      const kinds = entries.map((line) => line.kind).filter((one) => one !== 'opened');
      expect([...kinds].reverse()).toEqual(want.audit);
    });
  });
});
