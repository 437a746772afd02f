import { flag, folder, list, port, secret, text, url } from '@homelab/shared/config/env-fields.ts';

/** The variables of mcp-dns. */
export const dnsEnv = {
  DNS_PORT: port(8773).describe('Port of mcp-dns'),
  PIHOLES: list().describe('Pi-holes as `name=http://address`, the primary first; without one the simulator runs'),
  PIHOLE_PASSWORD: secret().optional().describe('Password or app password of the Pi-holes'),
  PIHOLE_BACKUP_PASSWORD: secret().optional().describe('Password of the Pi-holes after the first, when it is another'),
  PIHOLE_VIP: url().optional().describe('The shared address of the Pi-holes, as http://address'),
  PIHOLE_CANARY: text().optional().describe('A domain that is surely blocked, to see blocking on the wire'),
  PIHOLE_LOGOUT: flag().describe('1: give the API seats back when the server stops'),
  DNS_INVENTORY: folder().optional().describe('Folder of the homelab repository whose inventory names VIP and sync'),
};
