// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are compose and shell, not ours
import { expect, test } from 'vitest';
import { redact, redactor } from './redact.ts';
import { scan } from './scan.ts';
import { sentinels } from './sentinels.ts';

const MEGABYTE = 1 << 20;
const UNITS = [
  'password',
  'password: ',
  'password="',
  "token='",
  '{key: ',
  'key: {{',
  '|password',
  'password=`\\"',
  'token: |\n',
  ' token: |\n  ',
  'token:\n',
  'token: <<E\n',
  "token = ''\n",
  'token = @"\n',
  '://',
  'a://b:c/',
  'a://${',
  'a://b:<x',
  'eyJ',
  'eyJ-',
  'eyJaaaaaaaaaaaa.',
  'ghp_',
  'hlab_',
  '$2y$10$',
  '$1$',
  '@tcp(',
  'A1@tcp(',
  '-----BEGIN RSA PRIVATE KEY-----',
  '-----END RSA PRIVATE KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----\n',
  'AAAA\n-----END RSA PRIVATE KEY-----\n',
  'Private-Lines: 999\n',
  'mysql -p ',
  'curl -u ',
  'bearer ',
  'name: x_token\n',
  'api key is ',
  'token|',
  '\\"key\\":\\"',
  'aA1',
];

for (const unit of UNITS) {
  // A square of the length would be 10^12 steps here: the test would not end within its limit.
  test(`1 MB of ${JSON.stringify(unit)} ends`, () => {
    const text = unit.repeat(Math.ceil(MEGABYTE / unit.length));
    const shown = redact(text);
    expect(shown.split('\n').length).toBe(text.split('\n').length);
    expect(scan('password=swordfish')).toHaveLength(1);
  });
}

test('a secret at the end of a line of 64 KB is found', () => {
  for (const filler of ['key: x, ', '"a":1,', 'http://h/p ', 'token ', '{', '"', 'a']) {
    const line = filler.repeat(65_536 / filler.length);
    expect(redact(`${line} ghp_${'aB3'.repeat(12)}`).endsWith(' [redacted]')).toBe(true);
    expect(redact(`${line}\nDB_PASSWORD=swordfish\n`).endsWith('\nDB_PASSWORD=[redacted]\n')).toBe(true);
  }
});

test('a value of 1 MB is hidden to its end', () => {
  const value = 'aB3x'.repeat(MEGABYTE / 4);
  expect(redact(`a password=${value} b`)).toBe('a password=[redacted] b');
  expect(redact(`{"password":"${value}"}`)).toBe('{"password":"[redacted]"}');
  expect(redact(`{ password: ${value} }`)).toBe('{ password: [redacted] }');
});

const PIECES =
  'password|password:|password: |password=|token |"token": |- |key|key: |api key: |secret: |\\n|\\n  |\\n|\\n- |  | |"|\'|`|\\\\"|{|}|,|;|#|[|]|(|)|=|:|//|https://|@|@db/x|${|${A:-|}|$A|$(|-----BEGIN RSA PRIVATE KEY-----|-----END RSA PRIVATE KEY-----|AAAAAAAAAAAAAAAAAAAA|Bearer |Authorization: |basic |mysql -p|curl -u a:|user:|is |to |the |\'\'|<<EOF|EOF|\\||>|<|</a>|value: |name: |--password |--password=|[redacted]|[redacted hmac:1a2b]|-|&|?|\\t|\\r\\n|* |**|export |ENV |variable "|default = |==|=>|!|see |required|true|/run/secrets/x|+'
    .replaceAll('\\|', '\u0000')
    .split('|')
    .map((piece) =>
      piece.replaceAll('\u0000', '|').replaceAll('\\n', '\n').replaceAll('\\t', '\t').replaceAll('\\r', '\r').replaceAll('\\\\', '\\'),
    );

test('redacting twice is redacting once, and keeps the lines, on 30,000 texts made of pieces', () => {
  const s = sentinels(20_261_120);
  const { redact: marked } = redactor('installation');
  for (let count = 0; count < 30_000; count++) {
    const text = Array.from({ length: 2 + s.next(14) }, () =>
      s.next(4) === 0 ? [s.word, s.password, s.random, s.signs, s.hex][s.next(5)]?.() : PIECES[s.next(PIECES.length)],
    ).join('');
    const shown = redact(text);
    expect(redact(shown), JSON.stringify(text)).toBe(shown);
    expect(shown.split('\n').length, JSON.stringify(text)).toBe(text.split('\n').length);
    if (count % 10 === 0) {
      const once = marked(text);
      expect(marked(once), JSON.stringify(text)).toBe(once);
    }
  }
});
