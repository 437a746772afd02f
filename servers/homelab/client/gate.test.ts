import { expect, test } from 'vitest';
import { gate } from './gate.ts';

test('no more than so many run at once, in the order they came, and all of them run', async () => {
  const pass = gate(2);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, number) =>
      pass(async () => {
        order.push(number);
        most = Math.max(most, ++running);
        await Promise.resolve();
        running--;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(order).toEqual(Array.from({ length: 20 }, (_, number) => number));
});

test('work that fails makes room, and who gives up waiting leaves the line', async () => {
  const pass = gate(1);
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = pass(() => promise);
  const leaving = new AbortController();
  const second = pass(async () => 'second', leaving.signal);
  const third = pass(async () => Promise.reject(new Error('broken')));
  const fourth = pass(async () => 'fourth');
  leaving.abort(new Error('left'));
  resolve();
  await first;
  await expect(second).rejects.toThrow('left');
  await expect(third).rejects.toThrow('broken');
  expect(await fourth).toBe('fourth');
  await expect(pass(async () => 'no', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
});
