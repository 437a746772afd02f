const V = (text: string): string => `\${${text}}`;

/** A repository as many people have one: stacks in folders, an Ansible inventory, a table in the README, no inventory of ours. */
export const COMPOSE_ONLY: Record<string, string> = {
  'README.md': `# My lab

| name | ip | os | role |
|---|---|---|---|
| **atlas** | 198.51.100.10 | Debian 12 | main server |
| borg | \`198.51.100.20\` | TrueNAS Scale | storage |
| fritz | 198.51.100.1 | FritzOS | router |

What runs where:

| stack | host |
|---|---|
| [monitoring](stacks/monitoring) | atlas |
| documents | borg |
`,
  'ansible/inventory.ini': `[docker]
atlas ansible_host=198.51.100.10 ansible_user=deploy
borg ansible_host=198.51.100.20 ansible_port=2222

[docker:vars]
ansible_user=admin
`,
  'ansible/host_vars/atlas.yml': 'stacks: [proxy, media, "photos", passwords, chat, dns]\n',
  'ansible/host_vars/borg.yml': 'stacks:\n  - backups\n  - home\n',
  // 1
  'stacks/proxy/compose.yaml': `services:
  traefik:
    image: traefik:v3.1
    restart: unless-stopped
    ports: ["80:80", "443:443", "127.0.0.1:8080:8080"]
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
      - ./traefik.yml:/etc/traefik/traefik.yml:ro
      - letsencrypt:/letsencrypt
volumes: { letsencrypt: }
`,
  // 2
  'stacks/media/compose.yaml': `x-arr: &arr
  restart: unless-stopped
  depends_on: [gluetun]
services:
  jellyfin:
    image: jellyfin/jellyfin:10.9.11
    container_name: jellyfin
    restart: unless-stopped
    ports:
      - "${V('JELLYFIN_PORT:-8096')}:8096"
      - target: 7359
        published: "7359"
        protocol: udp
    volumes:
      - jellyfin_config:/config
      - type: bind
        source: /mnt/films
        target: /films
        read_only: true
    labels:
      - "traefik.http.routers.jellyfin.rule=Host(\`films.lab.example\`) || Host(\`tv.lab.example\`)"
      - "traefik.http.services.jellyfin.loadbalancer.server.port=8096"
    healthcheck: { test: [CMD, curl, -f, "http://localhost:8096/health"] }
    deploy: { resources: { limits: { memory: 2g } } }
  gluetun:
    image: qmcgaw/gluetun
    cap_add: [NET_ADMIN]
    ports: ["8112:8112", "6881-6883:6881-6883/udp"]
    volumes: ["./gluetun:/gluetun"]
  sonarr:
    <<: *arr
    image: lscr.io/linuxserver/sonarr:4.0.9
    ports: [8989:8989]
    volumes: ["/srv/sonarr:/config", "/mnt/downloads:/downloads"]
  deluge:
    <<: *arr
    image: lscr.io/linuxserver/deluge:2.1.1
    network_mode: service:gluetun
    volumes: ["/srv/deluge:/config", "/mnt/downloads:/downloads"]
volumes: { jellyfin_config: }
`,
  // 3
  'stacks/photos/docker-compose.yml': `name: immich
services:
  immich-server:
    image: ghcr.io/immich-app/immich-server:${V('IMMICH_VERSION:-v2.0.1')}
    ports: ["2283:2283"]
    volumes: ["${V('UPLOAD:-/srv/photos')}:/data", "/etc/localtime:/etc/localtime:ro"]
    depends_on: [redis, database]
    restart: always
  redis:
    image: docker.io/valkey/valkey:8
  database:
    image: ghcr.io/immich-app/postgres:14
    volumes: ["/srv/immich-db:/var/lib/postgresql/data"]
    environment:
      POSTGRES_PASSWORD: ${V('DB_PASSWORD')}
`,
  // 4
  'stacks/monitoring/compose.yml': `services:
  prometheus:
    image: prom/prometheus:v2.54.1
    ports: ["9090:9090"]
    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro", "prometheus:/prometheus"]
  grafana:
    image: grafana/grafana:11.2.0
    ports: ["3000:3000"]
    volumes: ["grafana:/var/lib/grafana"]
    depends_on: { prometheus: { condition: service_started } }
  node-exporter:
    image: prom/node-exporter:v1.8.2
    network_mode: host
    pid: host
    volumes: ["/:/host:ro,rslave"]
volumes: { prometheus: , grafana: }
`,
  // 5
  'stacks/documents/docker-compose.yaml': `services:
  paperless:
    image: ghcr.io/paperless-ngx/paperless-ngx:2.11
    ports: ["8000:8000"]
    depends_on: [db, broker]
    volumes: ["data:/usr/src/paperless/data", "/tank/documents:/usr/src/paperless/media"]
  db:
    image: postgres:16
    volumes: ["pg:/var/lib/postgresql/data"]
  broker:
    image: redis:7
volumes: { data: , pg: }
`,
  // 6
  'stacks/passwords/compose.yaml': `services:
  vaultwarden:
    image: vaultwarden/server:1.32.0
    ports: ["127.0.0.1:8222:80"]
    volumes: ["/srv/vaultwarden:/data"]
    restart: on-failure:3
`,
  // 7
  'stacks/chat/compose.yaml': `services:
  open-webui:
    image: ghcr.io/open-webui/open-webui:main
    ports: ["8088:8080"]
    volumes: ["webui:/app/backend/data"]
  ollama:
    image: ollama/ollama
    expose: ["11434"]
    volumes: ["ollama:/models"]
volumes: { webui: , ollama: }
`,
  // 8
  'stacks/dns/compose.yaml': `services:
  pihole:
    image: pihole/pihole:2024.07.0
    ports: ["53:53/tcp", "53:53/udp", "8053:80"]
    volumes: ["/srv/pihole:/etc/pihole"]
    cap_add: [NET_ADMIN]
`,
  // 9
  'stacks/backups/compose.yaml': `services:
  backrest:
    image: garethgeorge/backrest:v1.5.0
    ports: ["9898:9898"]
    volumes: ["/tank/backrest:/data", "/tank:/userdata:ro"]
`,
  // 10
  'stacks/home/compose.yaml': `services:
  homeassistant:
    image: ghcr.io/home-assistant/home-assistant:2024.9
    network_mode: host
    privileged: true
    volumes: ["/tank/homeassistant:/config", "/run/dbus:/run/dbus:ro"]
  mosquitto:
    image: eclipse-mosquitto:2
    ports: ["1883:1883", "9001:9001"]
    volumes: ["./mosquitto.conf:/mosquitto/config/mosquitto.conf", "mosquitto:/mosquitto/data"]
volumes: { mosquitto: }
`,
  'stacks/home/compose.override.yaml': 'services: { mosquitto: { ports: ["1884:1883"] } }\n',
};

/** What a person who knows that lab would write down: host, `port/protocol` on the host, and `source -> target` of what is kept. */
export const TRUTH: Record<string, { host: string; ports: string[]; volumes: string[] }> = {
  traefik: { host: 'atlas', ports: ['80/tcp', '443/tcp', '8080/tcp'], volumes: ['letsencrypt -> /letsencrypt'] },
  jellyfin: { host: 'atlas', ports: ['8096/tcp', '7359/udp'], volumes: ['jellyfin_config -> /config', '/mnt/films -> /films'] },
  gluetun: { host: 'atlas', ports: ['8112/tcp', '6881/udp', '6882/udp', '6883/udp'], volumes: ['./gluetun -> /gluetun'] },
  sonarr: { host: 'atlas', ports: ['8989/tcp'], volumes: ['/srv/sonarr -> /config', '/mnt/downloads -> /downloads'] },
  deluge: { host: 'atlas', ports: [], volumes: ['/srv/deluge -> /config', '/mnt/downloads -> /downloads'] },
  'immich-server': { host: 'atlas', ports: ['2283/tcp'], volumes: ['/srv/photos -> /data'] },
  'immich-redis': { host: 'atlas', ports: [], volumes: [] },
  'immich-database': { host: 'atlas', ports: [], volumes: ['/srv/immich-db -> /var/lib/postgresql/data'] },
  prometheus: { host: 'atlas', ports: ['9090/tcp'], volumes: ['prometheus -> /prometheus'] },
  grafana: { host: 'atlas', ports: ['3000/tcp'], volumes: ['grafana -> /var/lib/grafana'] },
  'node-exporter': { host: 'atlas', ports: [], volumes: [] },
  paperless: {
    host: 'borg',
    ports: ['8000/tcp'],
    volumes: ['data -> /usr/src/paperless/data', '/tank/documents -> /usr/src/paperless/media'],
  },
  'documents-db': { host: 'borg', ports: [], volumes: ['pg -> /var/lib/postgresql/data'] },
  broker: { host: 'borg', ports: [], volumes: [] },
  vaultwarden: { host: 'atlas', ports: ['8222/tcp'], volumes: ['/srv/vaultwarden -> /data'] },
  'open-webui': { host: 'atlas', ports: ['8088/tcp'], volumes: ['webui -> /app/backend/data'] },
  ollama: { host: 'atlas', ports: [], volumes: ['ollama -> /models'] },
  pihole: { host: 'atlas', ports: ['53/tcp', '53/udp', '8053/tcp'], volumes: ['/srv/pihole -> /etc/pihole'] },
  backrest: { host: 'borg', ports: ['9898/tcp'], volumes: ['/tank/backrest -> /data', '/tank -> /userdata'] },
  homeassistant: { host: 'borg', ports: [], volumes: ['/tank/homeassistant -> /config'] },
  mosquitto: { host: 'borg', ports: ['1883/tcp', '1884/tcp', '9001/tcp'], volumes: ['mosquitto -> /mosquitto/data'] },
};
