import { expect, test } from 'vitest';
import { fixtures, fullRecordings, knownShapes, type Recording, routeOf } from './recordings.ts';
import { stageFor } from './scenes.ts';
import { differences } from './shape.ts';

/** Recordings that no scene replays, each with the reason; at most a tenth. */
const NOT_REPLAYED: Record<string, string> = {};

/** Replies that were cut by hand where the real one is the whole configuration: they are held against the recording that has it all. */
const CUT = new Set(['config-patch-unknown-key-200', 'sync-tail-3-copy-of-dns-section']);
const whole = fixtures().find(({ name }) => name === 'config-get-all')?.body;

const known = knownShapes(fullRecordings() ?? fixtures());

/** What differs between a recording and the simulator's answer in the same scene. */
async function replay(recording: Recording): Promise<string[]> {
  const { stage, scene, close } = await stageFor(recording);
  try {
    const { request } = recording;
    const now = Math.floor(Date.now() / 1000);
    const path = request.path.replace(/from=1795075716/, `from=${now - 86_400}`).replace(/until=1795162116/, `until=${now}`);
    const seen = scene?.ask ? await scene.ask(stage, recording) : await stage.send(request.method, path, request.body);
    const found = seen.status === recording.status ? [] : [`status ${seen.status}, recorded ${recording.status}`];
    for (const header of ['content-type', 'location'] as const) {
      const [own, recorded] = [seen.headers.get(header), recording.headers[header] ?? null];
      if (recorded !== null && (header === 'location' ? own === null : own !== recorded))
        found.push(`${header} ${own}, recorded ${recorded}`);
    }
    if (typeof recording.body === 'string' || typeof seen.body === 'string') {
      // Text is no shape: the streams have tests of their own, a file is told by its headers.
      if (typeof seen.body !== 'string' && recording.status !== 204) found.push('an object, recorded text');
      if (typeof recording.body !== 'string' && !recording.name.startsWith('gravity-')) found.push('text, recorded an object');
      return found;
    }
    return [
      ...found,
      ...differences(seen.body, CUT.has(recording.name) ? whole : recording.body, known.get(routeOf(recording)) ?? new Map()),
    ];
  } finally {
    await close();
  }
}

async function replayAll(recordings: readonly Recording[]): Promise<void> {
  const failed: string[] = [];
  for (const recording of recordings.filter(({ name }) => !(name in NOT_REPLAYED)))
    for (const difference of await replay(recording)) failed.push(`${recording.name}: ${difference}`);
  expect(failed).toEqual([]);
}

test('at most a tenth of the recordings is not replayed, and each of those exists', () => {
  const all = fixtures().map(({ name }) => name);
  expect(Object.keys(NOT_REPLAYED).filter((name) => !all.includes(name))).toEqual([]);
  expect(Object.keys(NOT_REPLAYED).length).toBeLessThanOrEqual(all.length / 10);
  expect(all.length).toBe(210);
});

test('every recorded request gets an answer of the same status, keys and types', () => replayAll(fixtures()));

test('and the whole recordings as the trimmed ones', async (context) => {
  const full = fullRecordings();
  if (!full) return context.skip('RECORDINGS_DIR names no folder of recordings');
  await replayAll(full);
});
