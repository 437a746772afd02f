import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A STATE_DIR, with this policy if one is given; it goes when the test ends. */
export function stateFolder(policy?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (policy !== undefined) writeFileSync(join(folder, 'policy.yaml'), policy);
  return folder;
}
