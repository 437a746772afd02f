import { emptyInventory } from '@homelab/shared/inventory/inventory.ts';
import { describeWith } from '@homelab/shared/testing/engines.ts';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type TestClient } from '../../../shared/testing/connect.ts';
import { start, TOKENS } from '../../../shared/testing/start.ts';
import type { Fleet } from '../client/fleet.ts';
import { onePerHost } from '../client/one-per-host.ts';
import { dockerServer } from '../server.ts';
import { bedThatIsUp, dockerOn } from './bed-docker.ts';

describeWith(['testbed'], 'every tool over SSH against three real engines', () => {
  let fleet: Fleet;
  let client: TestClient;
  let end: () => Promise<void>;
  const asked: string[] = [];
  const text = async (tool: string, args: Record<string, unknown> = {}): Promise<string> => (await client.call(tool, args)).text;

  beforeAll(async () => {
    const docker = dockerOn(bedThatIsUp());
    fleet = {
      docker,
      inventory: () => emptyInventory,
      simulated: false,
      isOwn: ({ name }) => name === 'busy',
      guardHolds: async () => false,
      alone: onePerHost(),
    };
    const server = await start(dockerServer, fleet);
    client = await connect(server.url, TOKENS.disruptive, 'v2-modern', {
      elicit: async (message) => {
        asked.push(message);
        return { action: 'accept', content: { approve: true } };
      },
    });
    end = async () => {
      await client.close();
      await server.close();
      await docker.close();
    };
  });
  afterAll(() => end());

  test('hosts, overview, projects', async () => {
    // On a busy machine the first handshake can outlast the deadline of one answer.
    await expect
      .poll(() => text('docker_hosts'), { timeout: 20_000 })
      .toMatch(/^ash answers · Docker .+ · streamlocal \S+ · \d+ ms\nbirch answers .+\ncedar answers /);
    const overview = await text('docker_ps');
    for (const line of [/\n! ash immich-ml: exited\(137\) /, /\n! birch backup: exited\(1\) /, /\n! birch grafana: unhealthy/])
      expect(overview).toMatch(line);
    expect(overview).toMatch(/\n! ash sonarr: /);
    expect(overview).toContain('paused (paused)');
    expect(encode(overview).length).toBeLessThanOrEqual(500);
    expect(await text('docker_compose')).toMatch(/\n! ash media \d\/3 \(not in the inventory; /);
  });

  test('why: killed for memory, an error of its own, over and over, a health check that fails', async () => {
    expect(await text('docker_diagnose', { name: 'immich-ml' })).toContain(
      'It runs out of memory: the kernel kills it at its limit of 16 MiB (exit 137).',
    );
    expect(await text('docker_diagnose', { name: 'backup' })).toMatch(
      /exit 1, the program reported an error of its own[\s\S]*! cannot reach the target/,
    );
    expect(await text('docker_diagnose', { name: 'sonarr' })).toMatch(
      /over and over: exit 3[\s\S]*\d+ restarts since it was made[\s\S]*! no database/,
    );
    expect(await text('docker_diagnose', { name: 'grafana' })).toMatch(/its health check fails[\s\S]*database is locked/);
    expect(await text('docker_diagnose', { name: 'paused' })).toContain('docker_power unpause lets it go on');
  });

  test('logs: folded, both streams, a terminal, a search through 200,000 lines', async () => {
    expect(await text('docker_logs', { name: 'logger' })).toMatch(/line 200000 of a long log \(x100 since /);
    expect(await text('docker_logs', { name: 'logger', grep: '^line 1999[0-9]{2} ', tail: 3, fold: false })).toMatch(
      /line 199997 of a long log\n\S+ line 199998 of a long log\n\S+ line 199999 of a long log\n[\s\S]*the last 3 of 100 that match/,
    );
    const talk = await text('docker_logs', { name: 'talker' });
    expect(talk).toMatch(/\n\d\d:\d\d:\d\d tick \d+ \(x\d+ since /);
    expect(talk).toMatch(/\n!\d\d:\d\d:\d\d tock \d+ \(x\d+ since /);
    expect(await text('docker_logs', { name: 'terminal' })).toContain('on a terminal\n');
  });

  test('detail, stats, events, resources, disk, search', async () => {
    expect(await text('docker_inspect', { name: 'jellyfin', sections: ['env'] })).toContain('JELLYFIN_API_KEY=[redacted]');
    expect(await text('docker_stats', { sort: 'cpu', top: 1 })).toMatch(/\ncedar\|busy\|/);
    expect(await text('docker_events', { host: 'ash', since: '10m' })).toMatch(/ash (?:sonarr|network bridge)[^\n]*: /);
    expect(await text('docker_resources', { kind: 'images' })).toMatch(/\nash\|busybox:testbed\|[\d.]+ MiB\|immich-ml, /);
    expect(await text('docker_resources', { kind: 'volumes' })).toContain('birch|prometheus-data|prometheus');
    expect(await text('docker_resources', { kind: 'networks', host: 'ash' })).toContain("Docker's own");
    expect(await text('docker_disk', { host: 'ash' })).toMatch(/^ash [\d.]+ MiB, measured /);
    expect(await text('docker_find', { query: '8096' })).toContain('ash jellyfin: publishes 8096/tcp');
    expect(await text('docker_find', { query: 'JELLYFIN_API_KEY' })).toContain('ash jellyfin: has the variable JELLYFIN_API_KEY');
  });

  test('stop, start, restart, pause and unpause a real container; itself never', async () => {
    const power = (action: string) => text('docker_power', { action, name: 'vaultwarden', host: 'cedar' });
    expect(await power('stop')).toMatch(/^Stopped vaultwarden on cedar: was up .+, is exited\(\d+\) .+\nUndo: docker_start\.$/);
    expect(asked.at(-1)).toMatch(/Stop .+ vaultwarden on cedar \(id [0-9a-f]{12}, busybox:testbed\), now up /);
    expect(await text('docker_start', { name: 'vaultwarden', host: 'cedar' })).toMatch(
      /^Started vaultwarden on cedar: was exited.+, is up /,
    );
    expect(await text('docker_start', { name: 'vaultwarden', host: 'cedar' })).toMatch(/^Nothing to do/);
    expect(await power('restart')).toMatch(/^Restarted vaultwarden on cedar: .+ is up /);
    expect(await power('pause')).toMatch(/is paused/);
    expect(await power('unpause')).toMatch(/^Resumed vaultwarden on cedar: was paused.*, is up /);
    expect(await text('docker_power', { action: 'stop', name: 'busy', host: 'cedar' })).toMatch(
      /^denied: This suite runs in that container/,
    );
    expect(await text('docker_power', { action: 'unpause', name: 'vaultwarden', host: 'cedar' })).toMatch(
      /^conflict: It is not paused but running\./,
    );
  });

  test('no canary of the test bed is ever said', async () => {
    const said = await Promise.all(
      ['jellyfin', 'grafana', 'vaultwarden', 'talker', 'prometheus'].flatMap((name) => [
        text('docker_inspect', { name, sections: ['env', 'command', 'labels', 'health', 'mounts', 'network', 'security'] }),
        text('docker_logs', { name }),
        text('docker_diagnose', { name }),
      ]),
    );
    expect(said.filter((reply) => reply.includes('canary'))).toEqual([]);
    expect(said.every((reply) => reply.includes('src: Docker of '))).toBe(true);
  });
});
