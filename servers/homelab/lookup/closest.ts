import { fold } from '@homelab/shared/inventory/inventory.ts';
import { nearest } from '@homelab/shared/render/nearest.ts';

/** At most `most` names a mistyped one may have meant: those it is a part of, those that are a part of it, then the one most alike. */
export function closest(given: string, names: readonly string[], most = 3): string[] {
  const wanted = fold(given);
  const folded = names.map((name) => ({ name, key: fold(name) }));
  const holding = wanted.length >= 3 ? folded.filter(({ key }) => key.includes(wanted)) : [];
  const held = folded.filter(({ key }) => key.length >= 3 && wanted.includes(key));
  const alike = nearest(
    wanted,
    folded.map(({ key }) => key),
  );
  const slip = folded.filter(({ key }) => key === alike);
  return [...new Set([...slip, ...holding, ...held].map(({ name }) => name))].slice(0, most);
}
