import { redact } from '@homelab/shared/redact/redact.ts';
import { z } from 'zod';
import type { CallOptions, Engine } from './engine.ts';
import { containerPath } from './names.ts';

/** Processes of a container as the host's `ps` shows them; command lines are redacted. */
export interface ProcessTable {
  titles: string[];
  rows: string[][];
}

const Table = z.object({ Titles: z.array(z.string()), Processes: z.array(z.array(z.string())).nullish() });

/** What runs in a container. */
export async function readTop(engine: Engine, id: string, call: CallOptions): Promise<ProcessTable> {
  const { Titles, Processes } = await engine.json(Table, { path: `${containerPath(id)}/top`, subject: `container ${id}`, ...call });
  return { titles: Titles, rows: (Processes ?? []).map((row) => row.map((cell) => redact(cell))) };
}
