import { banks, type Product, products } from './data.ts';
import { type Random, random } from './random.ts';

/** Programs that are not in the generated lab, so that a question about them has no answer there. */
const ABSENT = new Set(
  `emby lyrion komga keycloak technitium harbor drone owncloud seafile wikijs outline docuseal plausible ghostfolio invoiceninja
  mattermost mumble valheim factorio bitmagnet comfyui urbackup homarr send wallabag traccar phpipam netdata collabora`.split(/\s+/),
);

export const HOSTS = ['atlas', 'orion', 'pico', 'vega', 'kestrel', 'lynx'] as const;
export type Host = (typeof HOSTS)[number];

/** A program on a machine. */
export interface Placed extends Product {
  readonly host: Host;
  readonly hostPort: number;
  readonly dir: string;
}

const ROOTS: Record<Host, string> = {
  atlas: '/mnt/apps',
  orion: '/mnt/tank/apps',
  pico: '/srv',
  vega: '/var/lib/stacks',
  kestrel: '/mnt/vol1',
  lynx: '/data',
};
const FIXED: Partial<Record<string, Host>> = {
  ...{ pihole: 'pico', unbound: 'pico', cups: 'pico', mosquitto: 'atlas', jellyfin: 'atlas', immich: 'atlas', frigate: 'atlas' },
  ...{ ollama: 'vega', openwebui: 'vega', whisper: 'vega', mailserver: 'kestrel', gatus: 'kestrel', ntfy: 'kestrel', headscale: 'kestrel' },
  ...{ cloudflared: 'kestrel', fail2ban: 'kestrel', ghost: 'kestrel', wordpress: 'kestrel', adguard: 'lynx', meshcentral: 'lynx' },
  ...{ prometheus: 'orion', loki: 'orion', grafana: 'orion', minio: 'orion', pbs: 'orion', syncthing: 'orion', registry: 'orion' },
};
const CATEGORY_HOSTS: Record<string, readonly Host[]> = {
  media: ['atlas', 'orion'],
  arr: ['orion'],
  home: ['atlas'],
  dev: ['atlas', 'vega'],
};

/** The programs of the generated lab, each on its main machine. */
export function placed(): Placed[] {
  return products()
    .filter(({ key }) => !ABSENT.has(key))
    .map((it) => place(it, FIXED[it.key] ?? random(`host ${it.key}`).pick(CATEGORY_HOSTS[it.category] ?? HOSTS)));
}

/** A program put on a machine: with its folder there and the port it gets from that machine. */
export function place(it: Product, host: Host): Placed {
  const chance = random(`place ${it.key} ${host}`);
  return {
    ...it,
    host,
    dir: `${ROOTS[host]}/${it.key}`,
    hostPort: it.port === 0 || chance.chance(0.6) ? it.port : chance.int(10_000, 29_999),
  };
}

const bank = banks();
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `count` different sentences of a bank, their blanks filled for this program (or random ones). */
export function sentences(name: string, count: number, chance: Random, all: readonly Placed[], about?: Placed): string[] {
  return chance.some(bank(name), count).map((line) => {
    const it = about ?? chance.pick(all);
    const blanks: Record<string, string> = {
      ...{ p: it.name, q: chance.pick(all).name, host: it.host, other: chance.pick(HOSTS), n: String(chance.int(2, 58)) },
      ...{ big: String(chance.int(3, 96) * 20), day: chance.pick(DAYS), hour: String(chance.int(1, 23)) },
      ...{ port: String(it.hostPort), dir: it.dir },
    };
    return line.replace(/\{(\w+)\}/g, (_, key: string) => blanks[key] ?? '');
  });
}
