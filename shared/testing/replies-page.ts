import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { z } from 'zod';
import { modules } from '../../servers/suite/modules.ts';
import { SAMPLE_CALLS, type SampleCall } from '../../servers/suite/sample-calls.ts';
import { readEnv } from '../config/read-env.ts';
import { suiteEnv } from '../config/suite-env.ts';
import { metricsOf } from '../http/server-app.ts';
import { silent } from '../log/logger.ts';
import { connect } from './connect.ts';
import { start, TOKENS } from './start.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = 'docs/replies.md';
// Backticks inside a reply must not end the block that shows it.
const FENCE = '~~~~~~';

/** A sample with the reply it got and the reply's tokens. */
export interface Sampled extends SampleCall {
  text: string;
  tokens: number;
}

/** Makes every sample call on running servers, over real clients. */
export async function takeSamples(): Promise<Sampled[]> {
  const taken: Sampled[] = [];
  for (const module of modules) {
    const calls = SAMPLE_CALLS.filter(({ server }) => server === module.definition.name);
    const { config } = readEnv(z.object({ ...suiteEnv, ...module.env }));
    const opened = await module.open(config as Parameters<typeof module.open>[0], { log: silent, metrics: metricsOf(module.definition) });
    const server = await start(module.definition, opened.client);
    const client = await connect(server.url, TOKENS.read);
    for (const call of calls) {
      const { text } = await client.call(call.tool, call.args);
      taken.push({ ...call, text, tokens: tokensOf(text) });
    }
    await client.close();
    await server.close();
    await opened.close();
  }
  return taken;
}

/** Tokens of a text by the real tokenizer. */
export function tokensOf(text: string): number {
  return encode(text).length;
}

/** The samples as the page shows them. */
export function pageOf(samples: readonly Sampled[]): string {
  const blocks = samples.map(
    ({ server, tool, args, budget, text, tokens }, index) =>
      `## ${index + 1}. ${server} \`${tool}\`\n\n\`${JSON.stringify(args)}\`: ${tokens} of at most ${budget} tokens\n\n${FENCE}text\n${text}\n${FENCE}\n`,
  );
  return `---
title: Typical replies
search: false
---

# Typical replies

What a model reads, word for word, and what it weighs in tokens (o200k). Written by \`node launch.mjs shared/testing/replies-page.ts\`;
a test counts the tokens of this page again and makes the same calls anew against their budgets. Ages and commits are those of the day it was written.

${blocks.join('\n')}`;
}

/** The samples that the page holds. */
export function readPage(): { title: string; said: number; budget: number; text: string }[] {
  const page = readFileSync(join(ROOT, PAGE), 'utf8');
  const pattern = new RegExp(
    `## (\\d+\\. .*)\\n\\n.*: (\\d+) of at most (\\d+) tokens\\n\\n${FENCE}text\\n([\\s\\S]*?)\\n${FENCE}\\n`,
    'g',
  );
  return [...page.matchAll(pattern)].map(([, title = '', said, budget, text = '']) => ({
    title,
    said: Number(said),
    budget: Number(budget),
    text,
  }));
}

if (import.meta.main) {
  const samples = await takeSamples();
  writeFileSync(join(ROOT, PAGE), pageOf(samples));
  for (const { tool, args, tokens, budget } of samples)
    console.log(`${String(tokens).padStart(5)} of ${budget}  ${tool} ${JSON.stringify(args)}`);
}
