import { expect, test } from 'vitest';
import { insidePath } from './inside.ts';

test.for([
  ['', ''],
  ['docs', 'docs'],
  ['./docs//a.md', 'docs/a.md'],
  ['docs/', 'docs'],
  ['.github/x.yml', '.github/x.yml'],
  ['a..b/c...md', 'a..b/c...md'],
  ['50% off.md', '50% off.md'],
] as const)('%j is %j', ([path, inside]) => expect(insidePath(path)).toBe(inside));

test.for([
  ...[
    '..',
    '../x',
    'a/../../x',
    'a/..',
    '/etc/passwd',
    '//x',
    '~/x',
    '~root/x',
    'C:/x',
    'c:x',
    'a\\b',
    '..\\x',
    'a\0b',
    '%2e%2e/x',
    'a%2Fb',
    'a%5cb',
    'a%00',
  ],
  ...['.git', '.git/config', 'sub/.git/hooks', '.GIT/config', '.git./config', '.git /config'],
])('%j is refused', (path) => expect(() => insidePath(path)).toThrow(expect.objectContaining({ code: 'invalid_input' })));
