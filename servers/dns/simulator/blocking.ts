import { type Asked, objectOf, ok, type Reply, refuse } from './reply.ts';

/** `dns.blocking.active` and Pi-hole's timer, which is in memory only. */
export class Blocking {
  active = true;
  #timer: NodeJS.Timeout | undefined;
  #until = 0;

  get timer(): number | null {
    return this.#timer ? Math.max(0, (this.#until - Date.now()) / 1000) : null;
  }

  get(): Reply {
    return ok({ blocking: this.active ? 'enabled' : 'disabled', timer: this.timer });
  }

  post(asked: Asked): Reply {
    const read = objectOf(asked);
    if ('refused' in read) return read.refused;
    const { blocking, timer } = read.value;
    if (typeof blocking !== 'boolean') return refuse(400, 'body_error', 'No "blocking" boolean in body data');
    const before = this.active;
    this.forget();
    this.active = blocking;
    // A text, null, zero or less is dropped without a word: then it is off for good.
    if (typeof timer === 'number' && timer > 0) {
      this.#until = Date.now() + timer * 1000;
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        // It turns the other way round, also when that is off; only `true` while on does nothing.
        if (!(blocking && before)) this.active = !blocking;
      }, timer * 1000).unref();
    }
    return ok({ blocking: blocking ? 'enabled' : 'disabled', timer: this.#timer ? (timer as number) : null });
  }

  /** What a restart does to a timer. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
