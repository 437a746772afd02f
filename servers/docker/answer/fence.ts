import { createHash } from 'node:crypto';
import { plainLines } from '@homelab/shared/render/plain.ts';

/** Text of a container, made plain, between two lines that it cannot contain: their tag is made from the text itself. */
export function fence(text: string): string {
  const shown = plainLines(text, text.length);
  const tag = createHash('sha256').update(shown).digest('hex').slice(0, 8);
  // SECURITY: without the tag a log line could end its own quote and go on in the voice of this server.
  return `<text ${tag}>\n${shown}\n</text ${tag}>`;
}
