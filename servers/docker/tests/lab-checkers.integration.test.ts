import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeWith, type EngineName, engine } from '@homelab/shared/testing/engines.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT, repository } from './repository.ts';

const { stacks } = repository();
let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'stacks-'));
  cpSync(join(PROJECT, 'compose'), join(copy, 'compose'), { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** What the program says to a copy of the stacks; throws with its words when it refuses. */
function run(name: EngineName, args: readonly string[], folder = ''): string {
  try {
    return execFileSync(engine(name) as string, args, { cwd: join(copy, folder), encoding: 'utf8', stdio: 'pipe', timeout: 60_000 });
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    throw new Error(`${name} ${args.join(' ')}: ${stderr}${stdout}`);
  }
}

/** Changes one file of the copy; `from` must be in it. */
function edit(path: string, from: string, to: string): void {
  const text = readFileSync(join(copy, path), 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  writeFileSync(join(copy, path), text.replaceAll(from, to));
}

describeWith(['docker-compose'], 'docker-compose config', () => {
  test.each(stacks)('%s is valid with the example of its environment', (path) => {
    const shown = run('docker-compose', ['--env-file', '.env.example', 'config'], dirname(path));
    expect(shown).toContain('services:');
    expect(shown).not.toMatch(/(?<!\$)\$\{/);
  });

  test('a broken one is refused', () => {
    writeFileSync(join(copy, 'broken.yaml'), 'services:\n  a: { image: x, prots: [1] }\n');
    expect(() => run('docker-compose', ['-f', 'broken.yaml', 'config', '-q'])).toThrow(/prots/);
  });
});

describeWith(['promtool'], 'promtool', () => {
  // The files with its tokens are on the NAS only.
  const check = () => run('promtool', ['check', 'config', '--syntax-only', 'compose/nas/prometheus/config/prometheus.yml']);

  test('takes the scrape configuration', () => expect(check()).toContain('SUCCESS'));
});

describeWith(['amtool'], 'amtool', () => {
  const path = 'compose/nas/prometheus/alertmanager/alertmanager.yml';

  test('takes the routes and receivers', () => {
    // Before 0.28 a Discord receiver knows no file, so an older one is given an address in its place.
    const [, minor = '0'] = /version 0\.(\d+)/.exec(run('amtool', ['--version'])) ?? [];
    if (Number(minor) < 28) edit(path, 'webhook_url_file: /run/secrets/discord_webhook', 'webhook_url: https://discord.example.net/hook');
    expect(run('amtool', ['check-config', path])).toContain('SUCCESS');
    const route = (...labels: string[]) => run('amtool', ['config', 'routes', 'test', `--config.file=${path}`, ...labels]).trim();
    expect(route('alertname=DiskFull', 'severity=warning')).toBe('discord');
    expect(route('alertname=BackupLate', 'severity=critical')).toBe('discord-critical');
  });
});

describeWith(['keepalived'], 'keepalived -t', () => {
  test.each(['rpi', 'nas'])('takes the configuration of %s', (host) => {
    const path = `compose/${host}/keepalived/keepalived.conf`;
    // The check lies in the image; keepalived refuses a script that is not there.
    edit(path, '/usr/local/bin/check-resolver', '/bin/true');
    expect(run('keepalived', ['-t', '-f', join(copy, path)])).not.toMatch(/unknown|error/i);
    edit(path, 'priority', 'priorty');
    expect(() => run('keepalived', ['-t', '-f', join(copy, path)])).toThrow();
  });
});

describeWith(['caddy'], 'caddy', () => {
  const path = 'compose/rpi/caddy/Caddyfile';
  const knows = (word: string): boolean => {
    try {
      run('caddy', ['adapt', '--adapter', 'caddyfile', '--config', path]);
      return true;
    } catch (error) {
      if (String(error).includes(word)) return false;
      throw error;
    }
  };

  test('takes the Caddyfile, and would write it no other way', () => {
    expect(run('caddy', ['fmt', path])).toBe(readFileSync(join(copy, path), 'utf8'));
    // Debian's 2.6 cannot be told the life of the intermediate in this file; everything else is checked by it.
    if (!knows('intermediate_lifetime')) edit(path, 'intermediate_lifetime 180d', '');
    const adapted = JSON.parse(run('caddy', ['adapt', '--adapter', 'caddyfile', '--config', path]));
    expect(Object.keys(adapted.apps.http.servers)).toHaveLength(2);
    run('caddy', ['validate', '--adapter', 'caddyfile', '--config', path]);
    edit(path, 'reverse_proxy', 'revers_proxy');
    expect(() => run('caddy', ['validate', '--adapter', 'caddyfile', '--config', path])).toThrow(/revers_proxy/);
  });
});
