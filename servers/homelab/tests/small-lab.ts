/** A small lab of made-up files, one of every kind, with what tends to go wrong in them. */
export const SMALL_LAB: Record<string, string> = {
  'README.md': '# Home lab\n\nFour machines.\n',
  'docs/services/immich.md':
    '# Immich\n\nThe photo library.\n\n## Backup\n\nNightly by restic.\n\n### Restore\n\nStop immich-server, then restore the dump into `database` before you start it.\n\n```sh\n# Not a heading\nrestic restore latest\n```\n\n## Update\n\nRead the release notes.\n\n## Backup\n\nA second one.\n',
  'docs/network.md': '# Network\n\nVLAN 20 is for cameras.\n\n## Guest wireless\n\nThe guest SSID is isolated.\n',
  'docs/old-network.md': '---\nstatus: superseded\n---\n# Network before 2024\n\nVLAN 30 was for cameras.\n',
  'decisions/0003-traefik.md': '# 3. Traefik as reverse proxy\n\nStatus: Superseded by 0007\n\n## Context\n\nLabels.\n',
  'decisions/0007-caddy.md': '# 7. Caddy as reverse proxy\n\nStatus: Accepted\n\n## Decision\n\nCaddy, one file.\n',
  'runbooks/immich-oom.md':
    '---\nalerts: [ImmichOom]\n---\n# Immich is killed for memory\n\n## Signs\n\nExit code 137.\n\n## Act\n\nRaise `mem_limit`.\n',
  'infrastructure/services/immich.yaml':
    'apiVersion: homelab/v1\nkind: Service\nname: immich\ndescription: Photo library\nexposure:\n  - { name: web, port: 2283 }\n',
  'compose/nas/compose.yaml':
    'services:\n  immich-server:\n    image: ghcr.io/immich-app/immich-server:v2\n    ports:\n      - 2283:2283\n    environment:\n      DB_PASSWORD: hunter2-Xk9vQ7pLm3\n  database:\n    image: postgres:16\nnetworks:\n  back: {}\n',
  'ansible/site.yml': '- hosts: nas\n  tasks:\n    - name: install restic\n      apt: { name: restic }\n',
};
