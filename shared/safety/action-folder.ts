import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../config/replace-file.ts';
import { Fault } from '../faults.ts';
import { ACTION_STATES, type ActionState, isActionId } from './action.ts';
import { stateFault } from './state-fault.ts';

const MOST_BYTES = 512 * 1024;
const SUFFIX = '.jsonl';
const { O_RDONLY, O_WRONLY, O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * The folders of all actions. An action is one file that is made once, only grows, and moves between folders by rename:
 * so at every moment, whoever is killed, it stands in exactly one of them.
 */
export interface ActionFolder {
  /** Where the action's file stands; the latest state when copies stand in several. */
  find(id: string): ActionState | undefined;
  /** The text of the file; a string in `why` says why it is not to be trusted; undefined when it is not there. */
  read(id: string, state: ActionState): { text: string } | { why: string } | undefined;
  /** Makes the file, whole or not at all. */
  create(id: string, state: ActionState, text: string): void;
  /** Adds a line, on the disk when this returns; false when the file is not there (any more). */
  append(id: string, state: ActionState, line: string): boolean;
  /** Moves the file; true for exactly one of all who try, false when it was not there (any more). */
  move(id: string, from: ActionState, to: ActionState): boolean;
  /** Ids in a state, and names there that are none. */
  names(state: ActionState): { ids: string[]; strange: string[] };
  remove(id: string, state: ActionState): void;
  /** Time of the last change, ms. */
  changed(id: string, state: ActionState): number;
  /** Another for every change of the file, and for another file of the same name. */
  stamp(id: string, state: ActionState): string;
  /** A small file beside a running action, replaced whole. */
  note(id: string, kind: Note): { read(): string | undefined; write(text: string): void; remove(): void };
  /** Removes what crashes left: drafts and notes without their action, older than an hour. */
  tidy(now: number): void;
}

export type Note = 'beat' | 'cancel';
const NOTE = /^([0-9a-z]{10})\.(beat|cancel)$/;

/** Opens STATE_DIR/actions, making what is not there yet with mode 0700; `unavailable` when it cannot. */
export function actionFolder(root: string): ActionFolder {
  const folderOf = (state: ActionState) => join(root, state);
  const pathOf = (id: string, state: ActionState) => {
    // SECURITY: the last gate before a path; an id with a slash or dots would leave the folder.
    if (!isActionId(id)) throw new Fault('invalid_input', 'An action id is ten letters and digits.');
    return join(root, state, `${id}${SUFFIX}`);
  };
  try {
    for (const state of ACTION_STATES) mkdirSync(folderOf(state), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw stateFault('The folder of the actions cannot be made', cause);
  }
  const owner = statSync(root).uid;
  const exists = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

  return {
    find(id) {
      let last: ActionState | undefined;
      // Files only move forward, so looking forward cannot miss one that moves meanwhile.
      for (const state of ACTION_STATES) if (exists(pathOf(id, state))) last = state;
      return last;
    },
    read(id, state) {
      const path = pathOf(id, state);
      let handle: number;
      try {
        // SECURITY: a link could show a file from elsewhere, and a pipe would block for ever.
        handle = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        return { why: codeOf(error) === 'ELOOP' ? 'it is a link' : `it cannot be read (${codeOf(error)})` };
      }
      try {
        const stat = fstatSync(handle);
        if (!stat.isFile()) return { why: 'it is no file' };
        if (stat.uid !== owner) return { why: 'it belongs to another user' };
        // SECURITY: a file with two names does not move by rename, so two processes could both believe they took it.
        if (stat.nlink > 1) return { why: 'it has a second name (a hard link)' };
        if (stat.size > MOST_BYTES) return { why: `it is larger than ${MOST_BYTES / 1024} KiB` };
        const bytes = Buffer.alloc(stat.size);
        return { text: bytes.toString('utf8', 0, readSync(handle, bytes, 0, stat.size, 0)) };
      } finally {
        closeSync(handle);
      }
    },
    create(id, state, text) {
      if (text.length > MOST_BYTES / 2) throw new Fault('invalid_input', 'This call is too large to wait for an approval.');
      const draft = join(folderOf(state), `.${id}.draft`);
      disk(() => {
        try {
          put(openSync(draft, 'wx', 0o600), text);
          renameSync(draft, pathOf(id, state));
        } catch (error) {
          rmSync(draft, { force: true });
          throw error;
        }
        syncFolder(folderOf(state));
      });
    },
    append(id, state, line) {
      return disk(() => {
        let handle: number;
        try {
          // Without O_CREAT: a file that was moved meanwhile is never made anew.
          handle = openSync(pathOf(id, state), O_WRONLY | O_APPEND | O_NOFOLLOW);
        } catch (error) {
          if (codeOf(error) === 'ENOENT') return false;
          throw error;
        }
        // A line that a power cut tore has no end; a line feed first keeps this one whole.
        put(handle, `\n${line}`);
        return true;
      });
    },
    move(id, from, to) {
      return disk(() => {
        try {
          renameSync(pathOf(id, from), pathOf(id, to));
        } catch (error) {
          if (codeOf(error) === 'ENOENT') return false;
          throw error;
        }
        syncFolder(folderOf(to));
        syncFolder(folderOf(from));
        return true;
      });
    },
    names(state) {
      const seen = readdirSync(folderOf(state)).filter((name) => !name.startsWith('.') && !NOTE.test(name));
      const idOf = (name: string) => (name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : '');
      return { ids: seen.map(idOf).filter(isActionId), strange: seen.filter((name) => !isActionId(idOf(name))) };
    },
    remove: (id, state) => rmSync(pathOf(id, state), { force: true }),
    changed: (id, state) => lstatSync(pathOf(id, state), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    stamp(id, state) {
      const stat = lstatSync(pathOf(id, state), { throwIfNoEntry: false, bigint: true });
      return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}` : 'none';
    },
    note(id, kind) {
      pathOf(id, 'running');
      const path = join(folderOf('running'), `${id}.${kind}`);
      return {
        read() {
          try {
            const handle = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
            const bytes = Buffer.alloc(4096);
            try {
              return bytes.toString('utf8', 0, readSync(handle, bytes, 0, bytes.length, 0));
            } finally {
              closeSync(handle);
            }
          } catch {
            return undefined;
          }
        },
        write(text) {
          const draft = join(folderOf('running'), `.${id}.${kind}.${process.pid}.draft`);
          disk(() => {
            rmSync(draft, { force: true });
            writeFileSync(draft, text, { flag: 'wx', mode: 0o600 });
            renameSync(draft, path);
          });
        },
        remove: () => rmSync(path, { force: true }),
      };
    },
    tidy(now) {
      for (const state of ACTION_STATES) {
        for (const name of readdirSync(folderOf(state))) {
          const id = NOTE.exec(name)?.[1];
          if (!name.endsWith('.draft') && !(id && !existsSync(pathOf(id, 'running')))) continue;
          const path = join(folderOf(state), name);
          if (now - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now) > 3_600_000) unlinkSync(path);
        }
      }
    },
  };
}

function put(handle: number, text: string): void {
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What the disk refuses is told as `unavailable`: the action stands where it stood. */
function disk<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw stateFault('The actions cannot be written', cause);
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error';
