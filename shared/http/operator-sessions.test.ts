import { expect, test } from 'vitest';
import { html } from './html.ts';
import { operatorSessions, sameText } from './operator-sessions.ts';
import { tokenAttempts } from './token-attempts.ts';

test('a session lasts a quarter of an hour, and no longer for being used', () => {
  let now = 0;
  const sessions = operatorSessions(
    'c',
    (token) => (token === 't' ? { name: 'phone' } : undefined),
    () => now,
  );
  const cookie = `other=1; c=${sessions.open('t')}; more=2`;
  const first = sessions.of(cookie);
  expect(first?.name).toBe('phone');
  now = 899_000;
  expect(sessions.of(cookie)).toEqual(first);
  now = 900_000;
  expect(sessions.of(cookie)).toBeUndefined();
  for (const wrong of [undefined, '', 'c=', 'c', `d=${cookie}`, `c=${'x'.repeat(43)}`]) expect(sessions.of(wrong)).toBeUndefined();
});

test('sessions are held in bounds, the oldest go first', () => {
  const sessions = operatorSessions('c', () => ({ name: 'phone' }));
  const ids = Array.from({ length: 101 }, () => sessions.open('t'));
  expect(sessions.of(`c=${ids[0]}`)).toBeUndefined();
  expect(sessions.of(`c=${ids[100]}`)?.name).toBe('phone');
  sessions.close(`c=${ids[100]}`);
  expect(sessions.of(`c=${ids[100]}`)).toBeUndefined();
  expect([sameText('a', 'a'), sameText('a', 'b'), sameText('a', 'aa'), sameText('', '')]).toEqual([true, false, false, true]);
});

test('five wrong tokens of one address hold it off for a minute, and no other', () => {
  let now = 0;
  const attempts = tokenAttempts(() => now);
  for (let at = 0; at < 4; at++) attempts.failed('a');
  expect(attempts.wait('a')).toBe(0);
  now = 20_000;
  attempts.failed('a');
  expect([attempts.wait('a'), attempts.wait('b')]).toEqual([40, 0]);
  now = 60_000;
  expect(attempts.wait('a')).toBe(0);
});

test('every value is text, unless it is HTML of ours', () => {
  const evil = `<b title="x" onload='y'>&\``;
  expect(html`<i a="${evil}">${evil}</i>${undefined}${false}${[html`<br>`, evil, 1]}`.text).toBe(
    '<i a="&lt;b title=&quot;x&quot; onload=&#39;y&#39;&gt;&amp;&#96;">&lt;b title=&quot;x&quot; onload=&#39;y&#39;&gt;&amp;&#96;</i><br>&lt;b title=&quot;x&quot; onload=&#39;y&#39;&gt;&amp;&#96;1',
  );
});
