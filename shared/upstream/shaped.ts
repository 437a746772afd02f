import type { z } from 'zod';
import { Fault } from '../faults.ts';
import { type Circumstance, Flaw, LOST } from './fault-of.ts';
import type { Answer } from './send.ts';

/** An answer's bytes as JSON in the expected shape; a Fault names the first place that differs and nothing that stands there. */
export function shaped<Schema extends z.ZodType>(schema: Schema, answer: Answer, data: Buffer, about: Circumstance): z.output<Schema> {
  const value = parse(answer, data);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Fault(
    'upstream',
    `${about.name} answered in another shape than expected at ${place(result.error)}.${about.write ? ` ${LOST}` : ''}`,
    {
      cause: new Error(
        result.error.issues
          .slice(0, 5)
          .map(({ path, code }) => `${path.join('.')}: ${code}`)
          .join('; '),
      ),
      hint: 'Its version may be one that is not supported.',
    },
  );
}

function parse(answer: Answer, data: Buffer): unknown {
  if (data.length === 0) return undefined;
  const start = data.subarray(0, 256).toString().trimStart();
  if (/html/i.test(String(answer.headers['content-type'] ?? '')) || start.startsWith('<')) throw new Flaw('web page');
  try {
    return JSON.parse(data.toString());
  } catch {
    // JSON.parse quotes the text it failed on: foreign text stays out of the cause as well.
    throw new Flaw('not json');
  }
}

/** The path of the first difference; a key that is no plain word is foreign text and shows as `*`. */
function place(error: z.ZodError): string {
  const path = (error.issues[0]?.path ?? []).slice(0, 12).map((key) => (/^\w{1,40}$/.test(String(key)) ? String(key) : '*'));
  return path.length === 0 ? 'its top' : `\`${path.join('.')}\``;
}
