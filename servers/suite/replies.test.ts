import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPage, takeSamples, tokensOf } from '../../shared/testing/replies-page.ts';
import { modules } from './modules.ts';

test('the page of typical replies tells their true size', () => {
  const page = readPage();
  expect(page.length).toBeGreaterThanOrEqual(10);
  for (const { title, said, budget, text } of page) {
    expect([title, said]).toEqual([title, tokensOf(text)]);
    expect(said).toBeLessThanOrEqual(budget);
  }
});

test('the same calls made now stay within their budgets', async () => {
  for (const { tool, args, text, tokens, budget } of await takeSamples()) {
    expect(text).not.toBe('');
    expect([tool, args, tokens, tokens <= budget]).toEqual([tool, args, tokens, true]);
  }
});

test('tools/list of each server, and of all, is small', () => {
  const sizes = modules.map(({ definition }) => {
    const file = new URL(`../${definition.name.replace(/^mcp-/, '')}/tools.snapshot.json`, import.meta.url);
    return [definition.name, tokensOf(readFileSync(file, 'utf8').trim())] as const;
  });
  for (const [name, tokens] of sizes) expect([name, tokens <= 3_500]).toEqual([name, true]);
  expect(sizes.reduce((sum, [, tokens]) => sum + tokens, 0)).toBeLessThanOrEqual(14_000);
});
