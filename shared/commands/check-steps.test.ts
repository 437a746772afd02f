import { expect, test } from 'vitest';
import { report, runSteps } from './check-steps.ts';

const node = (name: string, code: string) => ({ name, args: ['-e', code] });

test('steps run side by side, and only what failed is shown in full', async () => {
  const results = await runSteps([node('good', 'console.log("quiet")'), node('bad', 'console.error("loud"); process.exit(3)')], 2);
  expect(results.map(({ name, ok }) => [name, ok])).toEqual([
    ['good', true],
    ['bad', false],
  ]);
  const text = report(results);
  expect(text).toContain('--- bad\nloud\n');
  expect(text).not.toContain('quiet');
  expect(text).toMatch(/^good +\d+\.\d s {2}ok$/m);
  expect(text).toMatch(/^bad +\d+\.\d s {2}FAILED$/m);
});

test('a step that is killed has failed', async () => {
  const [result] = await runSteps([node('killed', 'process.kill(process.pid, "SIGKILL")')], 1);
  expect(result).toMatchObject({ ok: false, output: expect.stringContaining('SIGKILL') });
});

test('one lane keeps the order, and there may be more lanes than steps', async () => {
  const steps = [node('a', ''), node('b', '')];
  expect((await runSteps(steps, 1)).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(await runSteps(steps, 5)).toHaveLength(2);
});
