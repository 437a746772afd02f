import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Action, type ActionState, isActionId, OUTCOMES } from './action.ts';
import { canonicalJson } from './canonical-json.ts';
import { Effect } from './effect.ts';

const Time = z.iso.datetime();
const By = z.string().min(1).max(200);
const Owner = z.strictObject({ instance: z.string().max(100), host: z.string().max(300) });

/** The lines of an action's file: the first is what was proposed, each further one what happened to it. */
const Proposed = z.strictObject({
  record: z.literal('proposed'),
  version: z.literal(1),
  id: z.string().refine(isActionId),
  server: z.string().max(100),
  effect: Effect,
  caller: z.string().max(200),
  reason: z.string().optional(),
  created: Time,
  expires: Time,
});
const Event = z.discriminatedUnion('record', [
  z.strictObject({ record: z.literal('approved'), by: By, at: Time, startBy: Time, digest: z.string() }),
  z.strictObject({ record: z.literal('denied'), by: By, at: Time, why: z.string().optional() }),
  z.strictObject({ record: z.literal('started'), at: Time, owner: Owner }),
  z.strictObject({ record: z.literal('expired'), at: Time }),
  z.strictObject({ record: z.literal('ended'), at: Time, outcome: z.enum(OUTCOMES), text: z.string(), note: z.string().optional() }),
]);
export type Proposed = z.output<typeof Proposed>;
export type ActionEvent = z.output<typeof Event>;

/** Signs the lines of one installation's actions, so that a file written or altered by anything else is not run. */
export interface Seal {
  line(id: string, record: object): string;
  /** The record of a line that this installation signed for this id, else undefined. */
  open(id: string, line: string): Record<string, unknown> | undefined;
}

export function sealWith(key: Uint8Array): Seal {
  // SECURITY: the id is signed with every line, or one action's approval could be put into another's file.
  const macOf = (id: string, record: object) =>
    createHmac('sha256', key)
      .update(`action ${id}\n${canonicalJson(record)}`)
      .digest('hex');
  return {
    line: (id, record) => `${JSON.stringify({ ...record, mac: macOf(id, record) })}\n`,
    open(id, line) {
      try {
        const { mac, ...record } = JSON.parse(line) as Record<string, unknown>;
        if (typeof mac !== 'string' || !/^[0-9a-f]{64}$/.test(mac)) return undefined;
        return timingSafeEqual(Buffer.from(mac, 'hex'), Buffer.from(macOf(id, record), 'hex')) ? record : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/** What a file says, and whether a line in it is not ours: such an action is finished, never started. */
export interface ReadAction {
  action: Action;
  damaged: boolean;
}

/** Reads the text of an action's file; a string says why it is none of ours. */
export function readRecords(seal: Seal, id: string, state: ActionState, text: string): ReadAction | string {
  const [first = '', ...rest] = text.split('\n');
  const opened = seal.open(id, first);
  if (!opened) return 'it was not written by this installation, or was altered';
  const proposed = Proposed.safeParse(opened);
  if (!proposed.success || proposed.data.id !== id) return 'its content is not that of an action';
  const events = rest.filter(isWhole).map((line) => Event.safeParse(seal.open(id, line)).data);
  const { record: _, version: __, ...base } = proposed.data;
  const action: Action = { ...base, state };
  for (const event of events) if (event) apply(action, event);
  return { action, damaged: events.includes(undefined) };
}

function apply(action: Action, event: ActionEvent): void {
  const { record, ...rest } = event;
  if (record === 'approved') {
    const { by, at, startBy, digest } = event as Extract<ActionEvent, { record: 'approved' }>;
    // SECURITY: an approval counts for the effect that the person saw, and the first one counts.
    if (digest === action.effect.digest && !action.approved) Object.assign(action, { approved: { by, at }, startBy });
  } else if (record === 'denied') action.denied ??= rest as Action['denied'];
  else if (record === 'started') action.started ??= rest as Action['started'];
  else if (record === 'ended') action.ended ??= rest as Action['ended'];
}

/** False for an empty line, and for one that a power cut or a full disk tore: what it was to say has not happened. */
function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
