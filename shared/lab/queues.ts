import { MINUTE } from './clock.ts';
import { around } from './flow.ts';
import { FIGURES, type Story } from './incidents.ts';
import { roll, seedOf } from './random.ts';

/** Immich's queues in the order in which its page shows them. */
export const QUEUES = [
  'thumbnailGeneration',
  'metadataExtraction',
  'videoConversion',
  'faceDetection',
  'facialRecognition',
  'smartSearch',
  'duplicateDetection',
  'backgroundTask',
  'storageTemplateMigration',
  'migration',
  'search',
  'sidecar',
  'library',
  'notifications',
  'backupDatabase',
  'ocr',
  'workflow',
  'editor',
] as const;
export type QueueName = (typeof QUEUES)[number];

/** One queue at an instant. */
export interface QueueFact {
  name: QueueName;
  paused: boolean;
  waiting: number;
  active: number;
  failed: number;
  delayed: number;
  completed: number;
}

const BUSY_IN_THE_EVENING: readonly QueueName[] = [
  'metadataExtraction',
  'faceDetection',
  'smartSearch',
  'ocr',
  'sidecar',
  'thumbnailGeneration',
];

/** All queues at an instant: thumbnails are stuck since they were paused, the others keep up. */
export function queuesAt(story: Story, at: number): QueueFact[] {
  return QUEUES.map((name) => queueAt(story, name, at));
}

/** One queue at an instant. */
export function queueAt(story: Story, name: QueueName, at: number): QueueFact {
  const busy = BUSY_IN_THE_EVENING.includes(name) ? around(story.clock.local(at).hour, 20.5, 1.6) : 0;
  const dice = roll(seedOf(`${name} ${story.seed}`), Math.floor(at / MINUTE));
  const usual = {
    name,
    paused: false,
    waiting: Math.floor(busy * dice * 24),
    active: busy > 0.2 && dice > 0.3 ? 2 : 0,
    failed: 0,
    delayed: 0,
    completed: 0,
  };
  if (name !== 'thumbnailGeneration' || at < story.thumbnailsFail.from) return usual;
  const failing = Math.min(1, (at - story.thumbnailsFail.from) / (story.thumbnailsFail.to - story.thumbnailsFail.from));
  const failed = Math.round(FIGURES.thumbnailsFailed * failing);
  // A phone sends its whole camera roll; jobs come in faster than they fail, and nothing leaves after the pause.
  const begun = Math.min(1, (at - story.thumbnailsFail.from) / (story.now - 5 * MINUTE - story.thumbnailsFail.from));
  const waiting = Math.round(FIGURES.thumbnailsWaiting * begun);
  return { ...usual, paused: at >= story.thumbnailsPaused, waiting, active: at < story.thumbnailsPaused ? 3 : 0, failed };
}

/** A job that failed. */
export interface FailedJob {
  queue: QueueName;
  at: number;
  assetId: string;
  reason: string;
}

/** Thumbnail jobs that had failed by an instant, oldest first. */
export function failedJobs(story: Story, assetIds: readonly string[], at: number): FailedJob[] {
  const count = queueAt(story, 'thumbnailGeneration', at).failed;
  const { from, to } = story.thumbnailsFail;
  return Array.from({ length: count }, (_, index) => {
    const assetId = assetIds[index % Math.max(1, assetIds.length)] ?? '';
    const path = `/data/thumbs/${assetId.slice(0, 2)}/${assetId.slice(2, 4)}/${assetId}_preview.jpeg`;
    return {
      queue: 'thumbnailGeneration' as const,
      at: Math.round(from + ((index + 0.5) / FIGURES.thumbnailsFailed) * (to - from)),
      assetId,
      reason: `ENOSPC: no space left on device, open '${path}'`,
    };
  });
}
