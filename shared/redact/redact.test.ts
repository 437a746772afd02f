// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are compose and shell, not ours
import { describe, expect, test } from 'vitest';
import { findSecrets, redact } from './redact.ts';
import { sentinels } from './sentinels.ts';

type Style = 'word' | 'password' | 'signs' | 'random' | 'hex' | 'base64';
const ANY: Style[] = ['word', 'password', 'signs', 'random', 'hex'];
const STRONG: Style[] = ['random', 'hex'];
const MIXED: Style[] = ['password', 'random', 'hex'];

// `§` is the secret; everything else must stay as it stands.
const NAMED: [string, Style[]][] = [
  ['DB_PASSWORD=§', ANY],
  ['DB_PASSWORD="§"', ANY],
  ["export API_TOKEN='§'", ANY],
  ['      - POSTGRES_PASSWORD=§', ANY],
  ['      - "POSTGRES_PASSWORD=§"', ANY],
  ['      POSTGRES_PASSWORD: §', ANY],
  ['      POSTGRES_PASSWORD: "§"  # set by hand', ANY],
  ['  admin_password: § # comment stays', ANY],
  ['{"user": "bob", "password": "§", "port": 5432}', ANY],
  ['{"password":"§"}', ANY],
  ['{\\"password\\":\\"§\\",\\"user\\":\\"bob\\"}', MIXED],
  ['  "clientSecret": "§",', ANY],
  ['{ user: bob, password: §, port: 1 }', ANY],
  ['environment: { DB_PASSWORD: §, TZ: UTC }', MIXED],
  ['[database]\npassword = §\nhost = db', ANY],
  ['psk="§"', ANY],
  ['wpa_passphrase=§', ANY],
  ['PrivateKey = §', ['base64']],
  ['PresharedKey = §', ['base64']],
  ['services.grafana.settings.security.admin_password = "§";', ANY],
  ["  password = ''§'';", MIXED],
  ['  password = "§"\n  username = "bob"', ANY],
  ['variable "db_password" {\n  type    = string\n  default = "§"\n}', ANY],
  ['        - name: DB_PASSWORD\n          value: §', ANY],
  ['        - name: DB_PASSWORD\n          value: "§"\n        - name: TZ\n          value: UTC', ANY],
  ['$env:API_TOKEN = "§"', ANY],
  ['$Password = "§"', ANY],
  ['New-LocalUser -Name bob -Password "§"', MIXED],
  ['ENV API_KEY=§', ANY],
  ['ENV API_KEY §', MIXED],
  ['Environment="DB_PASSWORD=§" "TZ=UTC"', ANY],
  ['mysqldump --user=root --password=§ --all-databases', ANY],
  ['app --api-key § --port 8080', MIXED],
  ['command: ["server", "--auth-token", "§", "--port", "80"]', ANY],
  ['command: ["server", "--password=§"]', ANY],
  ['mysql -uroot -p§ -e "select 1"', ANY],
  ["sshpass -p '§' ssh nas", ANY],
  ['docker login -u bob -p § registry.example', MIXED],
  ['redis-cli -a § ping', MIXED],
  ['curl -u bob:§ https://nas.example/api', MIXED],
  ['requirepass §', ANY],
  ['    auth_pass §', ANY],
  ['machine nas login bob password §', ANY],
  ["CREATE USER bob IDENTIFIED BY '§';", ANY],
  ['postgres://immich:§@db:5432/immich', ANY.filter((style) => style !== 'signs')],
  ['url: https://bob:§@nas.example/path', MIXED],
  ['bob:§@tcp(db:3306)/app', MIXED],
  ['https://o1.example/x?user=1&api_key=§&page=2', MIXED],
  ['GET /api?token=§ HTTP/1.1', ['password', 'hex']],
  ['Authorization: Bearer §', MIXED],
  ['curl -H "Authorization: Bearer §" http://x', MIXED],
  ["  -H 'X-Api-Key: §' \\", MIXED],
  ['<ApiKey>§</ApiKey>', MIXED],
  ['<add key="ApiKey" value="§" />', STRONG],
  ['level=info msg="login" user=bob password=§ ip=192.0.2.7', ANY],
  ['2026-11-20 08:10 error connecting with password: §, giving up', MIXED],
  ['Server=db;Database=x;User Id=sa;Password=§;Encrypt=true', MIXED],
  ['- **Password:** §', MIXED],
  ['Admin password: §', ANY],
  ['The API key: `§` (rotate it)', STRONG],
  ['the root password is §', ['password', 'hex']],
  ['| GRAFANA_PASSWORD | §  |', ['password', 'hex']],
  ['POSTGRES_PASSWORD: ${DB_PASSWORD:-§}', ANY.filter((style) => style !== 'signs')],
  ['+  db_password: §', ANY],
  ['-DB_PASSWORD=§', ANY],
  ['# DB_PASSWORD=§', ANY],
  ['client = Client(host="x", password="§", port=1)', ANY],
  ['config["password"] = "§"', ANY],
  ["  apiKey: '§',", ANY],
  ['const token = "§";', ANY],
  ['SONARR_KEY=§', STRONG],
  ['headers: { Authorization: token §, x: 1 }', MIXED],
  ['encryption_key: §', ANY],
  ['SECRET_KEY_BASE=§', ANY],
  ['webhook: https://chat.example/hooks§x', []],
  ['dbPassword: §', ANY],
  ['Passwort: §', ANY],
  ['rcon.password=§', ANY],
  ['password:\n  §', ANY],
  ['api_tokens:\n  - §\n  - §', MIXED],
  ['DB_PASSWORD=§\r\nTZ=UTC\r', ANY],
];

const seeds = [1, 7, 4_711];

function check(text: string, expected: string, secret: string): void {
  const shown = redact(text);
  expect(shown).toBe(expected);
  expect(shown).not.toContain(secret);
  expect(redact(shown)).toBe(shown);
  expect(shown.split('\n')).toHaveLength(text.split('\n').length);
  expect(findSecrets(text).length).toBeGreaterThan(0);
}

describe('a value with a secret name', () => {
  for (const [template, styles] of NAMED) {
    if (styles.length === 0) continue;
    test(JSON.stringify(template), () => {
      for (const seed of seeds) {
        for (const style of styles) {
          const secret = sentinels(seed)[style]();
          check(
            template.replaceAll('§', () => secret),
            template.replaceAll('§', '[redacted]'),
            secret,
          );
        }
      }
    });
  }
});

const s = sentinels(99);
const SHAPES: [name: string, secret: string][] = [
  ['jwt', s.jwt()],
  ['AWS', `AKIA${s.draw('ABCDEFGHJKLMNPQRSTUVWXYZ234567', 16)}`],
  ['GitHub', `ghp_${s.alnum(36)}`],
  ['GitHub fine-grained', `github_pat_${s.alnum(40)}`],
  ['GitLab', `glpat-${s.alnum(20)}`],
  ['Slack', `xoxb-${s.draw('0123456789', 12)}-${s.alnum(24)}`],
  ['sk', `sk-${s.alnum(40)}`],
  ['sk-ant', `sk-ant-api03-${s.alnum(40)}`],
  ['Google', `AIza${s.alnum(35)}`],
  ['Grafana', `glsa_${s.alnum(32)}_${s.draw('0123456789abcdef', 8)}`],
  ['npm', `npm_${s.alnum(36)}`],
  ['the suite', `hlab_${s.alnum(43)}`],
  ['Tailscale', `tskey-auth-${s.alnum(12)}-${s.alnum(32)}`],
  ['Vault', `hvs.${s.alnum(30)}`],
  ['age', `AGE-SECRET-KEY-1${s.draw('ACDEFGHJKLMNPQRSTUVWXYZ023456789', 58)}`],
  ['bcrypt', s.bcrypt()],
  ['bcrypt in compose', s.bcrypt().replaceAll('$', '$$')],
  ['apr1', `$apr1$${s.alnum(8)}$${s.alnum(22)}`],
  ['sha512-crypt', `$6$${s.alnum(12)}$${s.alnum(86)}`],
  ['argon2', `$argon2id$v=19$m=65536,t=3,p=4$${s.alnum(22)}$${s.alnum(43)}`],
  ['Pi-hole', `$BALLOON-SHA256$v=1$s=1024,t=32$${s.alnum(43)}=$${s.alnum(43)}=`],
  ['{SHA}', `{SHA}${s.alnum(27)}=`],
];

describe('a secret that shows by its shape', () => {
  for (const [name, secret] of SHAPES) {
    test(name, () => {
      check(`seen ${secret} in the log`, 'seen [redacted] in the log', secret);
      check(`  label: "users=bob,${secret}"`, '  label: "users=bob,[redacted]"', secret);
    });
  }
  test('a passphrase of several words', () => {
    check('password: correct horse battery staple', 'password: [redacted]', 'horse');
  });
  test('webhook addresses', () => {
    const secret = s.alnum(40);
    check(`https://discord.com/api/webhooks/1234567/${secret} x`, 'https://discord.com/api/webhooks/[redacted] x', secret);
    check(`webhook_url: https://chat.example/hooks/${s.hex()}`, 'webhook_url: https://chat.example[redacted]', 'hooks/');
    check(`https://api.telegram.example/bot12345678:${secret}/send`, 'https://api.telegram.example/bot[redacted]/send', secret);
  });
  test('Docker auth blobs', () => {
    const blob = s.basic('bob');
    check(`{"auths":{"registry.example":{"auth":"${blob}"}}}`, '{"auths":{"registry.example":{"auth":"[redacted]"}}}', blob);
    check(`Authorization: Basic ${blob}`, 'Authorization: Basic [redacted]', blob);
  });
});

describe('a secret over several lines', () => {
  const lines = (text: string) => text.split('\n');
  const cases: [string, string, string][] = [
    ['PEM', `before\n${s.pem()}\nafter`, `before\n[redacted]\n\n\n\n\n\n\nafter`],
    [
      'OpenSSH in YAML',
      `ssh:\n  id: |\n${s.pem('    ', 'OPENSSH PRIVATE')}\nnext: 1`,
      'ssh:\n  id: |\n    [redacted]\n    \n    \n    \n    \n    \n    \nnext: 1',
    ],
    ['block scalar', `password: |\n  ${s.word()}\n  ${s.word()}\nhost: db`, 'password: |\n  [redacted]\n  \nhost: db'],
    ['folded block in a list', `- token: >-\n    ${s.word()}\n  host: db`, '- token: >-\n    [redacted]\n  host: db'],
    ['open quote', `  password: "${s.word()}\n    ${s.word()}"\n  host: db`, '  password: "[redacted]\n    "\n  host: db'],
    ['Nix', `  secretKey = ''\n    ${s.random()}\n  '';\n  x = 1;`, "  secretKey = ''\n    [redacted]\n  '';\n  x = 1;"],
    ['heredoc', `api_token = <<EOT\n${s.random()}\nEOT\nx = 1`, 'api_token = <<EOT\n[redacted]\nEOT\nx = 1'],
    ['PuTTY', `Private-Lines: 2\n${s.alnum(64)}\n${s.alnum(40)}\nPrivate-MAC: x`, 'Private-Lines: 2\n[redacted]\n\nPrivate-MAC: x'],
    ['diff', `+key: |\n${s.pem('+  ')}\n context`, '+key: |\n+  [redacted]\n+  \n+  \n+  \n+  \n+  \n+  \n context'],
  ];
  for (const [name, text, expected] of cases) {
    test(name, () => {
      expect(redact(text)).toBe(expected);
      expect(redact(expected)).toBe(expected);
    });
  }
  test('a key cut off at either end', () => {
    const pem = lines(s.pem());
    expect(redact(['x y', ...pem.slice(0, 4)].join('\n'))).toBe('x y\n[redacted]\n\n\n');
    expect(redact([...pem.slice(3), 'x y'].join('\n'))).toBe('[redacted]\n\n\n\nx y');
    expect(redact(JSON.stringify({ pem: s.pem() }))).toBe('{"pem":"[redacted]"}');
  });
});
