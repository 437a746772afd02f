import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { labPair } from '../simulator/lab-pair.ts';
import { Pihole, type PiholeOptions } from '../simulator/pihole.ts';
import { benchSeed } from './bench-seed.ts';

/** A client that does what comes to mind: one login, then whatever it likes, at once. */
async function naive(options: Partial<PiholeOptions> = {}) {
  const pihole = await new Pihole({ name: 'bench', seed: benchSeed(), ...options }).start();
  onTestFinished(() => pihole.stop());
  const { sid } = pihole.sessions.occupy({ kept: false });
  const ask = async (method: string, path: string, body?: unknown) => {
    const headers = { 'x-ftl-sid': sid };
    const response = await fetch(`${pihole.url}/api${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status: response.status, text: await response.text() };
  };
  return { pihole, ask };
}

test('two searches at once end 6.4.1, not a later one; one after the other ends neither', async () => {
  for (const [version, crashes] of [
    ['6.4.1', 1],
    ['6.6.1', 0],
  ] as const) {
    const { pihole, ask } = await naive({ version, readMs: 20 });
    for (let index = 0; index < 3; index++) await ask('GET', '/search/ad1.ads.example');
    expect(pihole.crashes).toBe(0);
    await Promise.allSettled([ask('GET', '/search/ad1.ads.example'), ask('GET', '/domains')]);
    expect([version, pihole.crashes]).toEqual([version, crashes]);
  }
});

test('a rule that is written while gravity runs gets 201 and is gone; just after, 201 and an error', async () => {
  const { ask } = await naive({ pace: { step: 30, swap: 60, readonly: 300 } });
  const run = ask('POST', '/action/gravity');
  await pause(70);
  const lost = await ask('POST', '/domains/deny/exact', { domain: 'lost.fake' });
  expect(lost.status).toBe(201);
  expect(lost.text).toContain('"errors":[]');
  expect((await run).text).toContain('Done.');
  expect((await ask('GET', '/domains/deny/exact/lost.fake')).text).toContain('"domains":[]');
  const readonly = await ask('POST', '/domains/deny/exact', { domain: 'lost.fake' });
  expect([readonly.status, readonly.text.includes('readonly database')]).toEqual([201, true]);
  await expect.poll(async () => (await ask('POST', '/domains/deny/exact', { domain: 'kept.fake' })).text).toContain('"errors":[]');
});

test('what fools a naive client: a text timer, a second POST, a PUT without comment, an unknown group, Default deleted, a list without gravity', async () => {
  const { pihole, ask } = await naive();
  await ask('POST', '/dns/blocking', { blocking: false, timer: '60' });
  expect([pihole.blocking.active, pihole.blocking.timer]).toEqual([false, null]);
  await ask('POST', '/dns/blocking', { blocking: true });
  const twice = await ask('POST', '/domains/deny/exact', { domain: 'deny.fake' });
  expect([twice.status, twice.text.includes('UNIQUE constraint failed')]).toEqual([201, true]);
  const rule = () => pihole.base.tables.rules.find(({ domain }) => domain === 'ok.fake');
  await ask('PUT', '/domains/deny/exact/ok.fake', { enabled: true });
  expect(rule()).toMatchObject({ comment: null, groups: [0] });
  expect((await ask('PUT', '/domains/deny/exact/ok.fake', { groups: [99] })).status).toBe(200);
  expect(rule()?.groups).toEqual([]);
  await ask('POST', '/lists?type=block', { address: 'file:///srv/lists/new.txt' });
  expect((await ask('GET', '/lists')).text).toContain('new.txt');
  expect(pihole.decision('new.fake', '127.0.0.1').status).toBe('FORWARDED');
  expect(pihole.decision('ad1.ads.example', '127.0.0.1').status).toBe('GRAVITY');
  expect((await ask('DELETE', '/groups/Default')).status).toBe(204);
  expect(pihole.decision('ad1.ads.example', '127.0.0.1').status).toBe('FORWARDED');
  expect((await ask('GET', '/dns/blocking')).text).toContain('"enabled"');
});

test('the lab: the television list blocks on the primary only, all seats but ours are taken, the tailored groups decide', async () => {
  const pair = await labPair();
  onTestFinished(pair.close);
  const { primary, backup } = pair;
  expect(primary.decision('telemetry.smart-tv.example', '192.0.2.130').status).toBe('GRAVITY');
  expect(backup.decision('telemetry.smart-tv.example', '192.0.2.130').status).toBe('FORWARDED');
  expect(primary.decision('ads.banner.example', '192.0.2.74').status).toBe('FORWARDED');
  expect(primary.decision('stats.news.example', '192.0.2.71')).toMatchObject({ status: 'GRAVITY_CNAME', cname: 'pixel.tracker.example' });
  expect(primary.decision('video.social.example', '192.0.2.73').status).toBe('DENYLIST');
  expect(primary.sessions.taken).toBe(15);
  expect(backup.sessions.taken).toBe(0);
  for (const role of ['primary', 'backup'] as const)
    for (const query of pair.lab.dns.queries(pair.lab.now - 3_600_000, pair.lab.now, { role })) {
      if (query.domain === 'pi.hole') continue;
      const { status } = pair[role].decision(query.domain, query.client.address);
      expect([query.domain, query.client.name, status]).toEqual([
        query.domain,
        query.client.name,
        query.status.replace('CACHE', 'FORWARDED'),
      ]);
    }
});
