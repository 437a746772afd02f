/** Something that must come to an end on one Pi-hole, and what stood there before. */
export interface Pending {
  id: string;
  node: string;
  kind: 'blocking' | 'rule' | 'client';
  /** Milliseconds since 1970. */
  until: number;
  /** What it is about: nothing for blocking, else the rule or the client. */
  about: Record<string, unknown>;
}

/** Where pending ends outlive this process. */
export interface PendingStore {
  load: () => Pending[];
  save: (all: readonly Pending[]) => void;
}

/** Ends what has an end: also after a restart of Pi-hole, of the sync or of this process. */
export interface Watch {
  list: () => readonly Pending[];
  /** Kept on disk before it returns; an older one of the same id is replaced. */
  add: (all: readonly Pending[]) => void;
  /** Takes back what was ended some other way. */
  drop: (ids: readonly string[]) => void;
  /** Ends what is due now; also called by itself. */
  look: () => Promise<void>;
  close: () => Promise<void>;
}

const EVERY_MS = 15_000;
/** Pi-hole's own timer comes first. */
const GRACE_MS = 3_000;

/**
 * Looks every 15 s, and right after the start, whether something is due. `end` puts one Pi-hole right and proves it, or throws: then it is tried
 * again at the next look, for as long as it takes.
 */
export function watch(
  store: PendingStore,
  end: (one: Pending) => Promise<void>,
  onTrouble: (one: Pending, error: unknown) => void = () => {},
): Watch {
  let all = store.load();
  let looking: Promise<void> | undefined;
  const save = (next: Pending[]) => {
    store.save(next);
    all = next;
  };
  async function lookNow(): Promise<void> {
    const due = all.filter(({ until }) => until + GRACE_MS <= Date.now());
    await Promise.all(
      due.map(async (one) => {
        try {
          await end(one);
          save(all.filter((other) => other !== one));
        } catch (error) {
          onTrouble(one, error);
        }
      }),
    );
  }
  const look = () => {
    looking ??= lookNow().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const timer = setInterval(() => void look(), EVERY_MS).unref();
  const first = setTimeout(() => void look(), 0).unref();
  return {
    list: () => all,
    add(more) {
      const ids = new Set(more.map(({ id }) => id));
      save([...all.filter(({ id }) => !ids.has(id)), ...more]);
    },
    drop(ids) {
      if (all.some(({ id }) => ids.includes(id))) save(all.filter(({ id }) => !ids.includes(id)));
    },
    look,
    async close() {
      clearInterval(timer);
      clearTimeout(first);
      await looking;
    },
  };
}

export const blockingId = (node: string): string => `blocking ${node}`;
export const ruleId = (node: string, type: string, kind: string, domain: string): string => `rule ${node} ${type} ${kind} ${domain}`;
export const clientId = (node: string, client: string): string => `client ${node} ${client}`;
