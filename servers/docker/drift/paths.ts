import { posix } from 'node:path';
import type { Host } from '@homelab/shared/inventory/host.ts';
import { REPOSITORY } from '@homelab/shared/inventory/stack/compose-project.ts';

/** One way to write a path of a machine: Docker Desktop's and WSL's views of a drive, backslashes, `/var/run`, QNAP's link to its container share. */
export function samePath(path: string, host: Pick<Host, 'deploy_root' | 'os'> | undefined): string {
  let tidy = path.replace(/\\/g, '/').replace(/(?<=.)\/+$/, '');
  if (host?.os.family === 'windows') {
    tidy = tidy
      .replace(/^\/run\/desktop\/mnt\/host\/([a-z])(?=\/|$)/i, '$1:')
      .replace(/^\/host_mnt\/([a-z])(?=\/|$)/i, '$1:')
      .replace(/^\/mnt\/([a-z])(?=\/|$)/i, '$1:')
      .replace(/^\/([a-z])(?=\/)/i, '$1:');
    // Windows does not tell case apart.
    if (/^[a-z]:/i.test(tidy)) tidy = tidy.toLowerCase();
  }
  tidy = tidy.replace(/^\/var\/run(?=\/|$)/, '/run');
  const share = /^(\/share\/[^/]+)\/Container(?:\/|$)/.exec(host?.deploy_root ?? '')?.[1];
  return share ? tidy.replace(/^\/share\/Container(?=\/|$)/, `${share}/Container`) : tidy;
}

const DEEP = '/1/2/3/4/5/6/7/8';

/**
 * A source as the machine should have it: what is relative in the repository lies below the folder that Compose ran in, or below
 * `deploy_root`. Undefined when neither is known, or when it depends on a person's home.
 */
export function pathOnHost(
  source: string,
  folder: string,
  workingDir: string | undefined,
  host: Pick<Host, 'deploy_root' | 'os'> | undefined,
): string | undefined {
  if (source.startsWith('~')) return undefined;
  if (!source.startsWith(REPOSITORY)) return samePath(source, host);
  const path = source.slice(REPOSITORY.length);
  const root = host?.deploy_root;
  if (workingDir === undefined) return root ? samePath(posix.join(samePath(root, host), path), host) : undefined;
  // Deep enough that a path out of the repository is still one.
  return samePath(posix.join(samePath(workingDir, host), posix.relative(`${DEEP}/${folder}`, posix.join(DEEP, path))), host);
}
