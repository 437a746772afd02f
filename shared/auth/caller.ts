import type { Level } from '../config/level.ts';

/** Who is calling, as the token said. */
export interface Caller {
  /** The token's name, for the log and the audit. */
  name: string;
  level: Level;
  /** Tool names this caller is held to; all of its level when absent. */
  tools?: readonly string[];
}
