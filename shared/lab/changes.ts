import { DAY, HOUR, MINUTE } from './clock.ts';
import { JELLYFIN_BEFORE, taggedImage } from './images.ts';
import type { Story } from './incidents.ts';
import { hexOf } from './random.ts';

/** A commit in the homelab's own repository. */
export interface LabCommit {
  /** 40 hexadecimal digits. */
  hash: string;
  author: string;
  email: string;
  at: number;
  subject: string;
  body: string;
  files: readonly { path: string; removed: string; added: string }[];
}

/** A mark in Grafana that something was deployed. */
export interface Annotation {
  at: number;
  text: string;
  tags: readonly string[];
  host: string;
  service: string;
}

interface Change extends Omit<LabCommit, 'hash' | 'author' | 'email'> {
  by: 'Anna' | 'Ben';
  host: string;
  service: string;
  deployed: number;
}

function changes(story: Story): Change[] {
  const jellyfin = taggedImage('jellyfin/jellyfin');
  return [
    {
      by: 'Ben',
      at: story.beginning + 2 * DAY + 3 * HOUR,
      subject: 'docs(runbooks): say how long a reboot of the NAS takes',
      body: '',
      files: [{ path: 'runbooks/qnap-reboot.md', removed: 'About five minutes.', added: 'About eight minutes.' }],
      host: 'nas',
      service: 'nas-smb',
      deployed: 0,
    },
    {
      by: 'Ben',
      at: story.lokiChange - 6 * MINUTE,
      subject: 'chore(loki): keep logs for 90 days',
      body: 'The router question of last month could not be answered with a week of logs.',
      files: [{ path: 'compose/nas/loki/loki.yaml', removed: '  retention_period: 168h', added: '  retention_period: 2160h' }],
      host: 'nas',
      service: 'loki',
      deployed: story.lokiChange,
    },
    {
      by: 'Anna',
      at: story.jellyfinUpdate - 9 * MINUTE,
      subject: `chore(jellyfin): update to ${jellyfin.split(':')[1]}`,
      body: '',
      files: [
        { path: 'compose/gaming-pc/jellyfin/compose.yaml', removed: `    image: ${JELLYFIN_BEFORE}`, added: `    image: ${jellyfin}` },
      ],
      host: 'gaming-pc',
      service: 'jellyfin',
      deployed: story.jellyfinUpdate,
    },
    {
      by: 'Ben',
      at: story.widgetChange - 4 * MINUTE,
      subject: 'feat(homepage): show blocked queries by the minute',
      body: '',
      files: [
        {
          path: 'compose/rpi/homepage/config/services.yaml',
          removed: '        type: pihole',
          added: '        type: customapi\n        url: http://192.0.2.10:8081/api/auth\n        refreshInterval: 60000',
        },
      ],
      host: 'rpi',
      service: 'homepage',
      deployed: story.widgetChange,
    },
  ];
}

/** Commits of the lab's two weeks, oldest first. */
export function commitsOf(story: Story): LabCommit[] {
  return changes(story).map(({ by, at, subject, body, files }) => ({
    hash: hexOf(`commit ${subject} ${story.seed}`, 40),
    author: by,
    email: `${by.toLowerCase()}@example.net`,
    at,
    subject,
    body,
    files,
  }));
}

/** Deployments as Grafana marks them, oldest first. */
export function annotationsOf(story: Story): Annotation[] {
  return changes(story)
    .filter(({ deployed }) => deployed > 0)
    .map(({ deployed, subject, host, service }) => ({
      at: deployed,
      text: `deployed ${service} on ${host}: ${subject}`,
      tags: ['deploy', host, service],
      host,
      service,
    }));
}
