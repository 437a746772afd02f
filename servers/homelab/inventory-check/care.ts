import { ServiceGraph } from '@homelab/shared/inventory/graph.ts';
import { type Finding, finding } from './finding.ts';
import type { Prepared } from './subject.ts';

/** What a lab owes its services: a lock where strangers come, a copy of what is dear, somebody who notices, and no circle of needs. */
export function care(subject: Prepared): Finding[] {
  return [...cycles(subject), ...ofServices(subject), ...ofBackups(subject)];
}

function cycles({ inventory }: Prepared): Finding[] {
  return new ServiceGraph(inventory).cycles().flatMap((group) => {
    const first = inventory.services.find(({ value }) => group.includes(value.name));
    if (!first) return [];
    const index = first.value.depends_on.findIndex(({ service, kind }) => kind === 'hard' && group.includes(service));
    const shown = group.slice(0, 6).join(', ') + (group.length > 6 ? ` and ${group.length - 6} more` : '');
    return [
      finding(
        'hard-cycle',
        first.at(['depends_on', index]),
        `${shown} need each other to work, so none can start first`,
        'Make one of the needs soft.',
      ),
    ];
  });
}

function ofServices({ inventory, unread }: Prepared): Finding[] {
  return inventory.services.flatMap(({ value: service, at }) => {
    const found: Finding[] = [];
    service.exposure.forEach((one, index) => {
      const base = service.exposure.find(({ name }) => name === one.route_of);
      const auth = one.auth ?? base?.auth ?? 'none';
      if (one.scope !== 'public' || auth !== 'none') return;
      found.push(
        finding(
          'public-without-auth',
          at(['exposure', index]),
          `${one.name} of ${service.name} is open to the internet and asks nobody who they are`,
          'Put a login in front of it, or narrow its scope.',
        ),
      );
    });
    service.persistence.forEach((one, index) => {
      const place = at(['persistence', index]);
      const job = inventory.backups.find(({ value }) => value.name === one.backup)?.value;
      if (one.backup === undefined && one.criticality !== 'low') {
        const severity = one.criticality === 'irreplaceable' ? 'error' : 'info';
        found.push(
          finding(
            'no-backup',
            place,
            `${one.target} of ${service.name} is ${one.criticality} and has no backup`,
            'Name a job of backups.yaml, or say that it is low.',
            severity,
          ),
        );
      } else if (job && job.source.services.length > 0 && !job.source.services.includes(service.name)) {
        found.push(
          finding(
            'backup-misses',
            at(['persistence', index, 'backup']),
            `the job ${job.name} does not name ${service.name} among its sources`,
            'Add it to the job, or name the job that saves it.',
          ),
        );
      }
    });
    const { healthcheck } = service;
    const unwatched = healthcheck.type === 'none' && (healthcheck.reason.trim() === '' || service.guessed.includes('healthcheck'));
    if (unwatched)
      found.push(
        finding(
          'no-health-check',
          at(['healthcheck']),
          `nothing tells whether ${service.name} is well`,
          'Add a check, or give the reason why there can be none.',
        ),
      );
    if (service.runbooks.length === 0)
      found.push(finding('no-runbook', at(['runbooks']), `${service.name} has no runbook`, 'Name one, even a general one.'));
    if (service.docs.length === 0)
      found.push(finding('no-docs', at(['docs']), `${service.name} has no document`, 'Name the page that says how it is set up and why.'));
    return found.filter(() => !unread.has(service.name));
  });
}

function ofBackups({ inventory }: Prepared): Finding[] {
  return inventory.backups.flatMap(({ value: job, at }) => {
    const found: Finding[] = [];
    const { host } = job.target;
    // A copy of repositories may well lie beside them for a moment; where the data was is what counts.
    if (host && host === job.source.host) {
      found.push(
        finding(
          'backup-same-host',
          at(['target', 'host']),
          `the backup ${job.name} lies on ${host}, where its source is`,
          'Send it to another machine.',
        ),
      );
    }
    if (job.metric === undefined)
      found.push(finding('no-backup-metric', at([]), `nothing measures when ${job.name} last succeeded`, 'Add `metric`.'));
    if (job.last_restore_test === undefined)
      found.push(
        finding('restore-untested', at([]), `nobody has tried to restore ${job.name}`, 'Try it and write the day into last_restore_test.'),
      );
    return found;
  });
}
