import { hexOf } from './random.ts';

interface Release {
  tag: string;
  megabytes: number;
}

/** What runs, by image name; the compose files pin the same tags. */
const RELEASES: Record<string, Release> = {
  busybox: { tag: '1.37.0', megabytes: 4 },
  caddy: { tag: '2.10.2', megabytes: 52 },
  'cloudflare/cloudflared': { tag: '2026.10.0', megabytes: 66 },
  'ghcr.io/gethomepage/homepage': { tag: 'v1.7.0', megabytes: 214 },
  'ghcr.io/immich-app/immich-machine-learning': { tag: 'v2.7.5', megabytes: 1180 },
  'ghcr.io/immich-app/immich-server': { tag: 'v2.7.5', megabytes: 1490 },
  'ghcr.io/immich-app/postgres': { tag: '14-vectorchord0.4.3-pgvectors0.2.0', megabytes: 620 },
  'ghcr.io/lovelaze/nebula-sync': { tag: 'v0.11.1', megabytes: 13 },
  'ghcr.io/open-webui/open-webui': { tag: 'v0.6.36', megabytes: 4300 },
  'grafana/alloy': { tag: 'v1.11.3', megabytes: 480 },
  'grafana/grafana': { tag: '12.1.0', megabytes: 720 },
  'grafana/loki': { tag: '3.5.7', megabytes: 122 },
  'jellyfin/jellyfin': { tag: '10.11.3', megabytes: 1260 },
  'lab/glances-exporter': { tag: '1.0.0', megabytes: 168 },
  'lab/keepalived': { tag: '2.3.4', megabytes: 24 },
  'lab/mcp-dns': { tag: '0.1.0', megabytes: 251 },
  'lab/mcp-docker': { tag: '0.1.0', megabytes: 253 },
  'lab/mcp-homelab': { tag: '0.1.0', megabytes: 249 },
  'lab/mcp-immich': { tag: '0.1.0', megabytes: 252 },
  'lab/mcp-monitoring': { tag: '0.1.0', megabytes: 258 },
  'lab/restic-backup': { tag: '0.18.1', megabytes: 61 },
  'lscr.io/linuxserver/wireguard': { tag: '1.0.20250521', megabytes: 98 },
  'louislam/uptime-kuma': { tag: '2.0.2', megabytes: 590 },
  'nicolargo/glances': { tag: '4.3.3', megabytes: 96 },
  'pihole/pihole': { tag: '2026.04.1', megabytes: 104 },
  'prom/alertmanager': { tag: 'v0.28.1', megabytes: 70 },
  'prom/prometheus': { tag: 'v3.5.3', megabytes: 310 },
  'quay.io/prometheus/node-exporter': { tag: 'v1.10.2', megabytes: 25 },
  'valkey/valkey': { tag: '8.1.4', megabytes: 116 },
  'vaultwarden/server': { tag: '1.34.3', megabytes: 190 },
};

/** The release of Jellyfin before its update. */
export const JELLYFIN_BEFORE = 'jellyfin/jellyfin:10.10.7';

/** An image on a machine. */
export interface ImageFact {
  host: string;
  name: string;
  tag: string;
  /** `sha256:` and 64 digits. */
  id: string;
  /** As the registry knows it; absent where the image was built here. */
  digest?: string;
  bytes: number;
  inUse: boolean;
}

/** Name and tag as a compose file writes them. */
export function taggedImage(name: string): string {
  return `${name}:${RELEASES[name]?.tag ?? 'latest'}`;
}

export function imageFact(host: string, tagged: string, inUse: boolean): ImageFact {
  const [name = tagged, tag = 'latest'] = tagged.split(/:(?=[^/]+$)/);
  const digest = name.startsWith('lab/') ? {} : { digest: `sha256:${hexOf(`digest ${tagged}`, 64)}` };
  return {
    host,
    name,
    tag,
    id: `sha256:${hexOf(`image ${tagged}`, 64)}`,
    ...digest,
    bytes: (RELEASES[name]?.megabytes ?? 100) * 1e6,
    inUse,
  };
}
