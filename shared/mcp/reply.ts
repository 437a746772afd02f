import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import { redact, redactDeep } from '../redact/redact.ts';
import { HARD_LIMIT } from '../render/budget.ts';
import { estimateTokens } from '../render/estimate-tokens.ts';
import type { Reply } from './tool.ts';

/** The result on the wire and what it weighs. */
export interface Assembled {
  result: CallToolResult;
  /** The text block. */
  text: string;
  bytes: number;
  tokens: number;
}

/**
 * Makes the one text block (and images or links beside it) of a reply. `structured` is given on the JSON endpoint only.
 * A text over the hard limit is cut at a line, and says so first.
 */
export function assemble(reply: Reply, structured?: unknown): Assembled {
  const { text, images = [], links = [] } = typeof reply === 'string' ? { text: reply } : reply;
  // SECURITY: the last gate before the wire. A tool that forgot to redact leaks here or nowhere.
  const safe = capped(redact(text));
  const content: ContentBlock[] = [{ type: 'text', text: safe }];
  for (const image of images) content.push({ type: 'image', data: image.data, mimeType: image.mimeType });
  for (const link of links) content.push({ type: 'resource_link', ...link });
  const result: CallToolResult = { content };
  if (structured !== undefined) result.structuredContent = redactDeep(structured) as Record<string, unknown>;
  const bytes = Buffer.byteLength(safe) + images.reduce((sum, image) => sum + image.data.length, 0);
  return { result, text: safe, bytes, tokens: estimateTokens(safe) };
}

/** An error as the model reads it. */
export function assembleError(text: string): Assembled {
  const safe = redact(text);
  return {
    result: { content: [{ type: 'text', text: safe }], isError: true },
    text: safe,
    bytes: Buffer.byteLength(safe),
    tokens: estimateTokens(safe),
  };
}

function capped(text: string): string {
  // A token is at least one UTF-16 unit, so a text this short needs no estimate.
  if (text.length <= HARD_LIMIT || estimateTokens(text) <= HARD_LIMIT) return text;
  const lines = text.split('\n');
  const notice = (kept: number): string =>
    `Cut: ${kept} of ${lines.length} lines fit into one reply; ask for less (a filter, a smaller limit) to see the rest.`;
  let left = HARD_LIMIT - estimateTokens(notice(lines.length)) - 8;
  let kept = 0;
  while (kept < lines.length) {
    left -= estimateTokens(`${lines[kept]}\n`) + 1;
    if (left < 0) break;
    kept += 1;
  }
  // One endless line: half a line is better than none, as long as it is told.
  if (kept === 0) return `Cut: the one line of this reply is too long; its beginning follows.\n${text.slice(0, HARD_LIMIT)}`;
  return `${notice(kept)}\n${lines.slice(0, kept).join('\n')}`;
}
