import { defineResource } from '@homelab/shared/mcp/resource.ts';
import { awayLines, awayOf } from '../answer/missing.ts';
import { sourceLine, sourceOf } from '../answer/source.ts';
import type { Fleet } from '../client/fleet.ts';
import { watchedContainers } from '../client/watched.ts';
import { rowOf } from '../summary/container-row.ts';
import { shortLines } from '../summary/ps-lines.ts';

/** All hosts and what runs on them, troubles first. */
export const hosts = defineResource<Fleet>({
  name: 'hosts',
  title: 'Containers of all machines',
  description: 'Every host with Docker: containers in trouble, the rest by compose project, and which hosts do not answer.',
  mimeType: 'text/plain',
  uri: 'docker://hosts',
  async read(_uri, _variables, { docker, simulated }, { signal }) {
    const { found, missing } = await docker.across((one, call) => watchedContainers(one, {}, call), { signal });
    const rows = found.flatMap(({ value }) => value.containers.map(rowOf));
    const unwatched = found.filter(({ value }) => value.unwatched).map(({ host }) => `! ${host}: its events could not be read`);
    return [
      ...shortLines(rows),
      ...unwatched,
      ...awayLines(awayOf(missing)),
      sourceLine(
        sourceOf(
          found.map(({ host }) => host),
          simulated,
        ),
      ),
      '',
    ].join('\n');
  },
});
