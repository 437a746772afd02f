import type { DesiredService } from '@homelab/shared/inventory/stack/desired.ts';
import type { ActualContainer } from './actual.ts';
import type { Difference } from './finding.ts';
import { shortImage } from './join.ts';

/**
 * D05: another reference, or the same with another digest than the repository or `locks` (reference to `sha256:...`) pins. An image
 * without a registry's digest was built or loaded on the machine: only its reference is compared.
 */
export function compareImage(desired: DesiredService, actual: ActualContainer, locks: ReadonlyMap<string, string>): Difference[] {
  if (desired.image === undefined) return [];
  const place = desired.at(['image']);
  const variables = desired.doubts.get('image');
  const [wanted, running] = [shortImage(desired.image), shortImage(actual.image)];
  const base = { code: 'D05' as const, severity: 'warn' as const, subject: 'image', place, ...(variables ? { variables } : {}) };
  if (wanted !== running && tagged(wanted) !== tagged(running)) return [{ ...base, desired: wanted, actual: running }];
  const pinned = digestOf(wanted) ?? locks.get(desired.image) ?? locks.get(tagged(wanted));
  const digests = actual.imageDigests.flatMap((one) => digestOf(one) ?? []);
  if (pinned === undefined || digests.length === 0 || digests.includes(pinned)) return [];
  return [{ ...base, subject: 'image digest', desired: pinned, actual: digests.join(', ') }];
}

/** Without its digest; a reference that is nothing but one stays. */
function tagged(reference: string): string {
  return reference.replace(/@sha256:[0-9a-f]+$/, '');
}

function digestOf(reference: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
}
