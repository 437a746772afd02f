import type { Inventory, Located } from '@homelab/shared/inventory/inventory.ts';
import type { Match } from './find.ts';
import type { Subject } from './handles.ts';

/** What a path lies in or is of: a service's data or files, a backup's, else the disk of a host. Nearest first. */
export function byPath({ services, backups, hosts }: Inventory, path: string): Match[] {
  const wanted = plainPath(path);
  const found: (Match & { length: number })[] = [];
  const look = (subject: Subject, from: Located<unknown>, keys: readonly PropertyKey[], known: string | undefined, why: string) => {
    const other = known === undefined ? '' : plainPath(known);
    // A name of a volume is no path.
    if (other === '' || !(other === wanted || inside(wanted, other) || (other.includes('/') && inside(other, wanted)))) return;
    found.push({ subject, why: [`${why} ${known}`], at: from.at(keys), length: other.length });
  };
  for (const service of services) {
    const { value } = service;
    const subject: Subject = { kind: 'service', name: value.name, place: service.place };
    value.persistence.forEach(({ source, target }, index) => {
      look(subject, service, ['persistence', index, 'source'], source, 'data in');
      look(subject, service, ['persistence', index, 'target'], target, 'data at');
    });
    look(subject, service, ['runtime', 'file'], value.runtime.file, 'runs from');
    for (const [key, paths] of Object.entries({ docs: value.docs, runbooks: value.runbooks })) {
      paths.forEach((one, index) => {
        if (plainPath(one) === wanted) look(subject, service, [key, index], one, 'page');
      });
    }
    if (plainPath(service.place.file) === wanted) look(subject, service, [], service.place.file, 'written in');
  }
  for (const job of backups) {
    const subject: Subject = { kind: 'backup job', name: job.value.name, place: job.place };
    job.value.source.paths.forEach((one, index) => {
      look(subject, job, ['source', 'paths', index], one, 'saves');
    });
    look(subject, job, ['target', 'path'], job.value.target.path, 'writes to');
  }
  const near = found.length > 0 ? found : hosts.flatMap((host) => disksOf(host, wanted));
  const seen = new Set<string>();
  return near
    .toSorted((a, b) => b.length - a.length)
    .filter(({ subject }) => !seen.has(`${subject.kind} ${subject.name}`) && seen.add(`${subject.kind} ${subject.name}`))
    .map(({ length: _, ...match }) => match);
}

function disksOf(host: Inventory['hosts'][number], wanted: string): (Match & { length: number })[] {
  const { value, place } = host;
  const places = [
    ...(value.resources?.disks ?? []).map(({ mount, name }, index) => ({
      path: mount,
      why: `disk ${name} at ${mount}`,
      keys: ['resources', 'disks', index] as PropertyKey[],
    })),
    ...(value.deploy_root
      ? [{ path: value.deploy_root, why: `stacks in ${value.deploy_root}`, keys: ['deploy_root'] as PropertyKey[] }]
      : []),
  ].filter(({ path }) => plainPath(path) !== '' && (plainPath(path) === wanted || inside(wanted, plainPath(path))));
  const best = places.toSorted((a, b) => b.path.length - a.path.length)[0];
  if (!best) return [];
  const subject: Subject = { kind: 'host', name: value.name, place };
  return [{ subject, why: [best.why], at: host.at(best.keys), length: plainPath(best.path).length }];
}

function plainPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .replace(/(?<=.)\/+$/, '')
    .toLowerCase();
}

function inside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
