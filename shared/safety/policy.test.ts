import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseYaml } from '../config/yaml-file.ts';
import { silent } from '../log/logger.ts';
import { type Asked, DEFAULT_POLICY, decide, neverAllowed, Policy } from './policy.ts';
import { openPolicy } from './policy-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const noon = new Date('2026-11-20T12:00:00Z');
const call = (changes: Partial<Asked> = {}): Asked => ({
  tool: 'docker_power',
  level: 'disruptive',
  caller: 'claude',
  hosts: [],
  services: [],
  ...changes,
});
const policy = (yaml: string): Policy => {
  const { value, problems } = parseYaml(`version: 1\n${yaml}`, 'policy.yaml', Policy);
  if (!value) throw new Error(JSON.stringify(problems));
  return value;
};

describe('the defaults', () => {
  test.each([
    ['read', 'allow'],
    ['write', 'allow'],
    ['disruptive', 'ask'],
    ['destructive', 'operator'],
  ] as const)('%s is %s', (level, verdict) => {
    expect(decide(DEFAULT_POLICY, call({ level }), noon).verdict).toBe(verdict);
  });
});

describe('rules', () => {
  const lab = policy(`
rules:
  - { tool: docker_*, host: nas, service: pihole-*, verdict: deny, why: the standby resolver stays }
  - { tool: docker_power, host: nas, verdict: operator }
  - { caller: open-webui, level: write, verdict: ask }
  - { tool: docker_power, verdict: allow }
`);
  test.each([
    ['the first that matches decides', { hosts: ['nas'], services: ['pihole-backup'] }, 'deny'],
    ['a condition that is not given holds', { hosts: ['nas'], services: ['loki'] }, 'operator'],
    ['another host falls through', { hosts: ['rpi'] }, 'allow'],
    ['a rule about a host says nothing of a call without one', {}, 'allow'],
    ['the strictest of several hosts holds', { hosts: ['rpi', 'nas'] }, 'operator'],
    ['a caller', { tool: 'docs_propose', level: 'write', caller: 'open-webui' }, 'ask'],
    ['nothing matches', { tool: 'docs_propose', level: 'write' }, 'allow'],
    ['a star stands for any rest', { tool: 'docker_', hosts: ['nas'], services: ['pihole-'] }, 'deny'],
    ['but not for what is before it', { tool: 'docke', hosts: ['nas'], services: ['pihole-x'] }, 'ask'],
  ] as const)('%s', (_name, changes, verdict) => {
    expect(decide(lab, call(changes), noon).verdict).toBe(verdict);
  });

  test('the reason is the rule', () => {
    expect(decide(lab, call({ hosts: ['nas'], services: ['pihole-backup'] }), noon).why).toBe('the standby resolver stays');
  });

  test('a tool that can never pass is known as such', () => {
    const closed = policy('rules: [{ tool: docker_prune, verdict: deny }, { tool: docker_remove, host: nas, verdict: deny }]');
    expect(neverAllowed(closed, 'docker_prune', 'claude')).toBe(true);
    expect(neverAllowed(closed, 'docker_remove', 'claude')).toBe(false);
    expect(neverAllowed(closed, 'docker_ps', 'claude')).toBe(false);
  });
});

describe('quiet hours', () => {
  const night = policy(
    "quiet_hours: [{ from: '22:00', to: '07:00', timezone: Europe/Berlin, days: [fri] }]\ndefaults: { disruptive: allow }",
  );
  test.each([
    ['in the evening', '2026-11-20T21:30:00Z', 'operator'],
    ['in the morning after', '2026-11-21T05:30:00Z', 'operator'],
    ['before they begin, in their own zone', '2026-11-20T20:30:00Z', 'allow'],
    ['after they end', '2026-11-21T06:30:00Z', 'allow'],
    ['on a day on which they do not begin', '2026-11-21T21:30:00Z', 'allow'],
    ['in the morning of the day itself', '2026-11-20T05:30:00Z', 'allow'],
  ])('%s', (_name, at, verdict) => {
    expect(decide(night, call(), new Date(at)).verdict).toBe(verdict);
  });

  test('weaker calls are left alone, and a refusal stays one', () => {
    const at = new Date('2026-11-20T21:30:00Z');
    expect(decide(night, call({ level: 'write' }), at).verdict).toBe('allow');
    expect(decide(policy("quiet_hours: [{ from: '00:00', to: '23:59' }]\nrules: [{ verdict: deny }]"), call(), noon).verdict).toBe('deny');
  });
});

describe('the file', () => {
  const file = join(folder, 'policy.yaml');
  let clock = 0;
  const source = openPolicy(file, silent, undefined, () => clock);
  const at = (content: string | undefined): PolicySource => {
    if (content === undefined) rmSync(file, { force: true });
    else writeFileSync(file, content);
    clock += 2_000;
    return source;
  };
  type PolicySource = ReturnType<typeof openPolicy>;

  test('is followed, and while it is broken nothing passes', () => {
    expect(at(undefined).current()).toEqual(DEFAULT_POLICY);
    expect(at('version: 1\nrules: [{ verdict: deny }]').current().rules).toHaveLength(1);
    expect(() => at('version: 1\nrules: [{ verdict: never }]').current()).toThrow(/policy file is broken/);
    expect(() => at('version: 1\nrules: [').current()).toThrow(/policy file is broken/);
    expect(at('version: 1').current()).toEqual(DEFAULT_POLICY);
    expect(at(undefined).current()).toEqual(DEFAULT_POLICY);
  });

  test.each([
    ['version: 1\nrule: []', 'rule is not known here'],
    ['version: 1\nrules: [{ tool: a*b*c, verdict: deny }]', 'at most one \\*'],
    ["version: 1\nquiet_hours: [{ from: '25:00', to: '07:00' }]", 'a time such as'],
    ["version: 1\nquiet_hours: [{ from: '21:00', to: '07:00', timezone: Mars }]", 'a time zone such as'],
  ])('tells what is wrong in %j', (content, message) => {
    const { problems } = parseYaml(content, 'policy.yaml', Policy);
    expect(problems[0]?.message).toMatch(new RegExp(message));
    expect(problems[0]?.line).toBeGreaterThan(1);
  });
});
