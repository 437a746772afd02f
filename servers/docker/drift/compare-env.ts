import type { DesiredService } from '@homelab/shared/inventory/stack/desired.ts';
import type { ActualContainer } from './actual.ts';
import type { Difference } from './finding.ts';

// The client's own proxy settings are put into every container by Compose.
const PROXY = /^(https?|ftp|no|all)_proxy$/i;

/** D07: names that came or went, and values that differ, of which only that is told. What the image brings is no difference. */
export function compareEnv(desired: DesiredService, actual: ActualContainer, fingerprint: (value: string) => string): Difference[] {
  const of = (name: string, words: { desired?: string; actual?: string }, variables?: readonly string[]): Difference => ({
    code: 'D07',
    severity: 'warn',
    subject: `env ${name}`,
    ...words,
    place: desired.at(desired.env.has(name) ? ['environment', name] : ['environment']),
    ...(variables ? { variables } : {}),
  });
  const differences: Difference[] = [];
  for (const [name, value] of desired.env) {
    const running = actual.env.get(name);
    const variables = desired.doubts.get(`environment.${name}`);
    // Without a value it is whatever the shell had that started it.
    if (value === null) continue;
    if (running === undefined) differences.push(of(name, { desired: 'set' }, variables));
    else if (running !== fingerprint(value)) differences.push(of(name, { desired: 'another value', actual: 'differs' }, variables));
  }
  for (const [name, value] of actual.env) {
    if (desired.env.has(name) || actual.imageEnv?.get(name) === value || PROXY.test(name)) continue;
    const unknown = desired.moreEnv ? ['env_file'] : actual.imageEnv === undefined ? ['the image'] : undefined;
    differences.push(of(name, { actual: 'set' }, unknown));
  }
  return differences;
}
