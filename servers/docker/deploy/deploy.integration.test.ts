import { stacksOf } from '@homelab/shared/inventory/stack/stacks.ts';
import { expect, test } from 'vitest';
import { driftLab } from '../tests/drift-lab.ts';
import { repository } from '../tests/repository.ts';
import { composeArgv } from './compose-argv.ts';
import { fileDifference } from './difference.ts';
import { type DeployPlan, planDeploy, type Step } from './plan.ts';
import { after, beginning, DeployState, next, resume } from './state.ts';

const { inventory, files } = repository();
const NOW = new Date('2026-11-20T12:00:00Z');

function planOf(file: string, over = files): DeployPlan {
  const stack = stacksOf(inventory, over).find((one) => one.file === file);
  if (!stack) throw new Error(`no stack ${file}`);
  return planDeploy(stack, inventory, over, 'c'.repeat(40));
}

const IMMICH = 'compose/gaming-pc/immich/compose.yaml';
const CADDY = 'compose/rpi/caddy/compose.yaml';
const ids = (plan: DeployPlan) => plan.steps.map(({ id }) => id);

test('a plan puts files and secrets in place, validates, brings up, and looks at every container', () => {
  const plan = planOf(IMMICH);
  expect(ids(plan)).toEqual([
    'secret secrets/cifs_immich_password',
    'secret secrets/immich_db_password',
    `file ${IMMICH}`,
    'compose config',
    'compose up',
    'container immich-server',
    'container immich-machine-learning',
    'container immich-redis',
    'container immich-postgres',
  ]);
  expect(plan.variables).toEqual({ CIFS_PASSWORD: 'secrets/cifs_immich_password' });
  expect(plan.steps.find(({ id }) => id === 'container immich-machine-learning')).toMatchObject({ health: true, withinSeconds: 270 });
  expect(JSON.stringify(plan)).not.toMatch(/--volumes|\bdown\b/);
});

test('scripts may be run, examples stay at home, and what a stack extends, includes or mounts comes along', () => {
  const backup = planOf('compose/rpi/backup/compose.yaml').steps.filter((step) => step.kind === 'file');
  expect(backup.map(({ path, mode }) => [path.split('/').at(-1), mode])).toEqual([
    ['Dockerfile', 0o644],
    ['backup-job', 0o755],
    ['compose.yaml', 0o644],
    ['crontab', 0o644],
  ]);
  const lab = driftLab();
  const [site] = stacksOf(lab.inventory, lab.files).filter(({ project }) => project === 'site');
  const plan = planDeploy(site as NonNullable<typeof site>, lab.inventory, lab.files, 'c');
  expect(plan.steps.flatMap((step) => (step.kind === 'file' ? [step.path] : []))).toEqual([
    'compose/pi/shared/base.yaml',
    'compose/pi/shared/jobs.yaml',
    'compose/pi/site/compose.override.yaml',
    'compose/pi/site/compose.yaml',
    'compose/pi/site/web.env',
  ]);
});

test('every stack of the repository has a plan, with the secrets that its contracts name', () => {
  const stacks = stacksOf(inventory, files);
  for (const { file } of stacks) {
    const secrets = planOf(file).steps.flatMap((step) => (step.kind === 'secret' ? [step.path] : []));
    const named = inventory.services
      .filter(({ value }) => value.runtime.file === file)
      .flatMap(({ value }) => value.secrets.map(({ from }) => from.replace('file:', '')));
    expect(
      named.filter((one) => !secrets.includes(one)),
      file,
    ).toEqual([]);
  }
  expect(stacks.length).toBeGreaterThan(20);
});

/** Runs a plan to its end; `fails` names the step that does not go well. */
function run(plan: DeployPlan, state: DeployState, fails?: string, only?: Parameters<typeof next>[2]) {
  const ran: string[] = [];
  for (let now = state; ; ) {
    const to = next(plan, now, only);
    if (to.kind !== 'step') return { ran, state: now, end: to };
    ran.push(to.step.id);
    now = after(plan, now, to.step, NOW, to.step.id === fails ? 'It did not get healthy.' : undefined);
  }
}

test('a deployment that goes well does every step once and is then over', () => {
  const plan = planOf(CADDY);
  const { ran, state, end } = run(plan, beginning(plan, NOW));
  expect(ran).toEqual(ids(plan));
  expect(end).toEqual({ kind: 'end', outcome: 'deployed' });
  expect(() => resume(plan, state)).toThrow(/no unfinished/);
  expect(DeployState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
});

test('one that is cut off goes on where it was, looks at files and secrets again, and takes nothing up twice', () => {
  const plan = planOf(IMMICH);
  let kept = beginning(plan, NOW);
  for (const step of plan.steps.slice(0, 5)) kept = after(plan, kept, step, NOW);
  const { ran } = run(plan, resume(plan, DeployState.parse(JSON.parse(JSON.stringify(kept)))));
  expect(ran).toEqual([...ids(plan).slice(0, 3), ...ids(plan).slice(5)]);
});

test('it is not resumed over a changed stack; a later commit with the same files is the same plan', () => {
  const plan = planOf(CADDY);
  const kept = beginning(plan, NOW);
  const changed = planOf(CADDY, new Map([...files, ['compose/rpi/caddy/Caddyfile', 'other']]));
  expect(() => resume(changed, kept)).toThrow(/has changed/);
  expect(() => resume(plan, undefined)).toThrow(/no unfinished/);
  const stack = stacksOf(inventory, files).find(({ file }) => file === CADDY);
  expect(planDeploy(stack as NonNullable<typeof stack>, inventory, files, 'another commit').digest).toBe(plan.digest);
});

test('a broken stack ends at validate and nothing is looked into; a failing container is', () => {
  const plan = planOf(IMMICH);
  const broken = run(plan, beginning(plan, NOW), 'compose config');
  expect(broken.end).toEqual({ kind: 'diagnose', steps: [] });
  expect(broken.ran).not.toContain('compose up');
  const sick = run(plan, beginning(plan, NOW), 'container immich-redis');
  expect(sick.state.failed).toEqual({ step: 'container immich-redis', stage: 'verify', why: 'It did not get healthy.' });
  expect(sick.end.kind === 'diagnose' && sick.end.steps.map(({ id, stage }) => [id, stage])).toEqual([
    ['container immich-redis', 'diagnose'],
  ]);
  const down = run(plan, beginning(plan, NOW), 'compose up');
  expect(down.end.kind === 'diagnose' && down.end.steps).toHaveLength(4);
  // Mended, it goes on from there.
  expect(run(plan, resume(plan, sick.state)).end).toEqual({ kind: 'end', outcome: 'deployed' });
});

test('one stage alone, and a step that is of another plan', () => {
  const plan = planOf(CADDY);
  const { ran, end } = run(plan, beginning(plan, NOW), undefined, 'validate');
  expect(ran.at(-1)).toBe('compose config');
  expect(end).toEqual({ kind: 'end', outcome: 'stopped' });
  expect(() => after(plan, beginning(plan, NOW), planOf(IMMICH).steps.at(-1) as Step, NOW)).toThrow(/no step/);
});

test('a dry run tells what would change and leaves what it does not know', () => {
  const plan = planOf(CADDY);
  const [caddyfile, compose] = plan.steps.filter((step) => step.kind === 'file');
  const host = [
    { path: caddyfile?.path ?? '', digest: 'sha256:0' },
    { path: 'compose/rpi/caddy/notes.txt', digest: 'sha256:1' },
    { path: 'compose/rpi/pihole/compose.yaml', digest: 'sha256:2' },
  ];
  expect(fileDifference(plan, host, [])).toEqual({
    added: [compose?.path],
    changed: [caddyfile?.path],
    same: 0,
    left: ['compose/rpi/caddy/notes.txt'],
    missingSecrets: [],
  });
  expect(fileDifference(planOf(IMMICH), [], ['secrets/immich_db_password']).missingSecrets).toEqual(['secrets/cifs_immich_password']);
});

test('the command is a list of words, for either kind of compose', () => {
  const plan = planOf(CADDY);
  expect(composeArgv({ kind: 'plugin', docker: '/usr/bin/docker' }, plan, ['up', '--detach'])).toEqual([
    '/usr/bin/docker',
    'compose',
    '--project-name',
    'caddy',
    '--file',
    'compose.yaml',
    'up',
    '--detach',
  ]);
  expect(composeArgv({ kind: 'classic', path: '/usr/bin/docker-compose' }, plan, ['config', '--quiet'])).toEqual([
    '/usr/bin/docker-compose',
    '--project-name',
    'caddy',
    '--file',
    'compose.yaml',
    'config',
    '--quiet',
  ]);
});
