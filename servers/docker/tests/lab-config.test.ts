import { labAt } from '@homelab/shared/lab/lab-at.ts';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { repository } from './repository.ts';

const { inventory, files } = repository();
const read = (path: string): string => {
  const text = files.get(`compose/${path}`);
  if (text === undefined) throw new Error(`compose/${path} is not there`);
  return text;
};
const services = inventory.services.map(({ value }) => value);
const addressOf = (host: string) => inventory.hosts.find(({ value }) => value.name === host)?.value.address;

test("Prometheus scrapes exactly the lab's targets, with their labels", () => {
  interface Job {
    job_name: string;
    metrics_path?: string;
    static_configs: { targets: string[]; labels?: Record<string, string> }[];
  }
  const { scrape_configs } = parse(read('nas/prometheus/config/prometheus.yml')) as { scrape_configs: Job[] };
  const scraped = scrape_configs.flatMap(({ job_name, static_configs, metrics_path = '/metrics' }) =>
    static_configs.flatMap(({ targets, labels }) =>
      targets.map((instance) => ({ ...labels, job: job_name, instance, url: `http://${instance}${metrics_path}` })),
    ),
  );
  const byUrl = (list: { url: string }[]) => [...list].sort((a, b) => (a.url < b.url ? -1 : 1));
  expect(byUrl(scraped)).toEqual(byUrl(labAt().targets.map(({ labels, url }) => ({ ...labels, url }))));
});

test('Caddy passes every name of the house to the machine and port of its service', () => {
  const routed = [...read('rpi/caddy/Caddyfile').matchAll(/^([a-z-]+\.home\.arpa) \{[^}]*?(?:\{[^}]*\}[^}]*?)*reverse_proxy (\S+)/gm)];
  const wanted = services.flatMap(({ owner_node, exposure }) =>
    exposure.flatMap(({ domain, via, port }) => (via === 'caddy' && domain ? [`${domain} ${addressOf(owner_node)}:${port}`] : [])),
  );
  expect(routed.map(([, domain, upstream]) => `${domain} ${upstream}`).sort()).toEqual(wanted.sort());
  expect(wanted.length).toBeGreaterThan(8);
});

test('both keepalived carry the address of the inventory, each as it stands there', () => {
  const vip = inventory.vips[0]?.value;
  for (const holder of vip?.holders ?? []) {
    const text = read(`${holder.host}/keepalived/keepalived.conf`);
    const others = vip?.holders.filter(({ host }) => host !== holder.host).map(({ host }) => addressOf(host));
    const word = (name: string) => new RegExp(`^\\s*${name} (.+)$`, 'm').exec(text)?.[1];
    const block = (name: string) => new RegExp(`${name} \\{\\s*([^}]+?)\\s*\\}`).exec(text)?.[1]?.split(/\s+/);
    expect(word('state')).toBe(holder.state);
    expect(word('priority')).toBe(String(holder.priority));
    expect(word('virtual_router_id')).toBe(String(vip?.virtual_router));
    expect(word('unicast_src_ip')).toBe(addressOf(holder.host));
    expect(block('unicast_peer')).toEqual(others);
    expect(block('virtual_ipaddress')).toEqual([`${vip?.address}/25`]);
  }
  expect(vip?.holders).toHaveLength(2);
});

test('a dead resolver on the primary gives the address away, dead ones on both leave it there', () => {
  const number = (host: string, name: string) =>
    Number(new RegExp(`^\\s*${name} (-?\\d+)$`, 'm').exec(read(`${host}/keepalived/keepalived.conf`))?.[1]);
  const [pi, nas] = ['rpi', 'nas'].map((host) => ({
    well: number(host, 'priority'),
    dead: number(host, 'priority') + number(host, 'weight'),
  })) as [{ well: number; dead: number }, { well: number; dead: number }];
  expect(pi.well).toBeGreaterThan(nas.well);
  expect(pi.dead).toBeLessThan(nas.well);
  expect(pi.dead).toBeGreaterThan(nas.dead);
});

test('every backup job runs at its hour, to its target, and is kept as long as the inventory says', () => {
  const crontab = [...read('rpi/backup/crontab').matchAll(/^((?:\S+ ){5})backup-job (\S+)$/gm)].map(([, when, job]) => [job, when?.trim()]);
  const jobs = inventory.backups.map(({ value }) => value);
  expect(crontab.filter(([job]) => job !== 'check' && job !== 'prune')).toEqual(jobs.map(({ name, schedule }) => [name, schedule]));
  const script = read('rpi/backup/backup-job');
  const variables: Record<string, string> = { nas: addressOf('nas') ?? '', pc: addressOf('gaming-pc') ?? '' };
  for (const { name, target, keep } of jobs) {
    const arm = new RegExp(`^ {4}${name}\\)([\\s\\S]*?);;$`, 'm').exec(script)?.[1] ?? '';
    const repository = /"\$(nas|pc|bucket)(\/[\w-]+)?"/.exec(name === 'offsite' ? arm : arm.slice(arm.search(/(save|volume|folder) "/)));
    const base = new RegExp(`^${repository?.[1]}=(.+)$`, 'm').exec(script)?.[1] ?? '';
    expect(`${base}${repository?.[2] ?? ''}`, name).toContain(target.path);
    if (target.host) expect(base, name).toContain(`@${variables[repository?.[1] ?? '']}:`);
    const kept = Object.fromEntries(
      [...arm.matchAll(/--keep-(daily|weekly|monthly) (\d+)/g)].map(([, word, count]) => [word, Number(count)]),
    );
    expect({ daily: 0, weekly: 0, monthly: 0, ...kept }, name).toEqual(keep);
    expect(script).toContain('backup_last_success_timestamp_seconds{backup="$1"}');
  }
});

test('what a backup job saves from the Pi is mounted where the inventory says it lies', () => {
  const compose = read('rpi/backup/compose.yaml');
  const script = read('rpi/backup/backup-job');
  for (const { value } of inventory.backups.filter((one) => one.value.source.host === 'rpi')) {
    for (const path of value.source.paths) {
      expect(compose, path).toContain(`:${path}`);
      expect(script).toContain(path.replace('/opt/homelab/data', '$data'));
    }
  }
});

test('Loki keeps logs for a week and does delete them', () => {
  const loki = parse(read('nas/loki/loki.yaml'));
  expect(loki.limits_config.retention_period).toBe('168h');
  expect(loki.compactor).toMatchObject({ retention_enabled: true, delete_request_store: 'filesystem' });
  expect(loki.compactor.working_directory.startsWith(services.find(({ name }) => name === 'loki')?.persistence[0]?.target)).toBe(true);
});

test('the three Alloy files differ in their host and in the journal of the Pi', () => {
  const text = (host: string) => read(`${host}/alloy/config.alloy`).replaceAll(`host = "${host}"`, 'host = "HOST"');
  expect(text('nas')).toBe(text('gaming-pc'));
  const journal = /\nloki\.relabel "journal"[\s\S]*?(?=\nloki\.write)/;
  expect(text('rpi')).toMatch(journal);
  expect(text('rpi').replace(journal, '')).toBe(text('nas'));
  expect(text('nas')).toContain(`http://${addressOf('nas')}:3100/loki/api/v1/push`);
});

test('every component that an Alloy file sends to is there', () => {
  for (const host of ['rpi', 'nas', 'gaming-pc']) {
    const text = read(`${host}/alloy/config.alloy`);
    const made = new Set([...text.matchAll(/^([a-z.]+) "(\w+)" \{/gm)].map(([, kind, label]) => `${kind}.${label}`));
    const named = [...text.matchAll(/\b((?:loki|discovery)\.[a-z]+(?:\.\w+)?)\.(?:receiver|targets|output|rules)\b/g)].map(
      ([, name]) => name as string,
    );
    expect(named.length).toBeGreaterThan(3);
    expect(
      named.filter((name) => !made.has(name)),
      host,
    ).toEqual([]);
    expect(text.split('{').length, 'brackets').toBe(text.split('}').length);
  }
});

test("the start page leads to names of the house, and Grafana's sources to services of the NAS", () => {
  const links = [...read('rpi/homepage/config/services.yaml').matchAll(/href: (\S+)/g)].map(([, url]) => new URL(url as string).hostname);
  const domains = services.flatMap(({ exposure }) => exposure.flatMap(({ domain }) => domain ?? []));
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((one) => !domains.includes(one))).toEqual([]);
  const { datasources } = parse(read('nas/grafana/provisioning/datasources/sources.yaml')) as {
    datasources: { name: string; url: string }[];
  };
  for (const { name, url } of datasources) {
    const port = services.find((one) => one.name === name.toLowerCase())?.exposure[0]?.port;
    expect(url).toBe(`http://${addressOf('nas')}:${port}`);
  }
});

test('the chat and the laptop know the five servers at their ports', () => {
  const written = /TOOL_SERVER_CONNECTIONS: >-\n([\s\S]*?\n\s+\])\n/.exec(read('gaming-pc/open-webui/compose.yaml'))?.[1] ?? '';
  const connections = JSON.parse(written) as { url: string; type: string; key: string }[];
  const wanted = services
    .filter(({ tags }) => tags[0] === 'mcp')
    .map(({ exposure }) => `http://${addressOf('gaming-pc')}:${exposure[0]?.port}/mcp`);
  expect(connections.map(({ url }) => url).sort()).toEqual(wanted.sort());
  const laptop = JSON.parse(read('macbook/mcp.json')) as { mcpServers: Record<string, { url: string }> };
  expect(Object.values(laptop.mcpServers).map(({ url }) => url)).toEqual(connections.map(({ url }) => url));
  for (const { type, key } of connections) expect([type, key]).toEqual(['mcp', '$' + '{MCP_READ_TOKEN}']);
});
