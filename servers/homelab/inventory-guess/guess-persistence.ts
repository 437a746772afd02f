import type { ComposeService } from '@homelab/shared/inventory/compose.ts';
import type { ComposeMount } from '@homelab/shared/inventory/compose-mount.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import type { Draft } from './draft.ts';

type Kept = Service['persistence'][number];

const SYSTEM =
  /^\/(proc|sys|dev|run|var\/run|lib\/modules|etc\/(localtime|timezone|machine-id|os-release|passwd|group|resolv\.conf)|tmp)(\/|$)|^\/$/;
const LOW = /cache|tmp|temp|logs?\b|transcod|models?\b|downloads?\b|torrents?|movies?|films?|\btv\b|series|shows|music|media\b/i;
const HIGH =
  /photo|picture|postgres|mysql|mariadb|mongo|database|\bdb\b|vault|passwo?r?d|document|paperless|consume|export|upload|library|keys?\b|secrets?\b/i;

/** Writes what a compose service keeps into its draft. How dear it is can only be guessed from its names. */
export function guessPersistence(to: Draft<Partial<Service>>, service: ComposeService): void {
  const kept: Kept[] = [];
  for (const { mount, place } of service.mounts) {
    if (!isData(mount)) continue;
    const words = `${mount.source ?? ''} ${mount.target}`;
    const criticality = LOW.test(words) ? 'low' : HIGH.test(`${words} ${service.image ?? ''}`) ? 'high' : 'medium';
    const path = `persistence[${kept.length}]`;
    kept.push({
      container: service.name,
      target: mount.target,
      source: mount.source ?? '(anonymous volume)',
      kind: mount.kind,
      criticality,
    });
    to.places.set(path, place);
    to.guesses.set(`${path}.criticality`, 'from its path and image; say how dear it really is');
    if (/\$\{?\w/.test(mount.source ?? '')) to.guesses.set(`${path}.source`, 'a variable is not known here');
  }
  to.value.persistence = kept;
}

/** False for what a container is only lent: sockets, clocks, kernel files, configuration that lies in the repository. */
function isData({ kind, source, target, readOnly }: ComposeMount): boolean {
  if (kind === 'tmpfs' || target === '') return false;
  if (kind !== 'bind') return true;
  const from = source ?? '';
  if (SYSTEM.test(from) || from.endsWith('.sock')) return false;
  const configuration =
    /^\.{1,2}\//.test(from) &&
    (readOnly || /\.(ya?ml|json|toml|conf|cfg|ini|env|sh|pem|crt|key|txt|xml|html)$/i.test(from) || /caddyfile$/i.test(from));
  return !configuration;
}
