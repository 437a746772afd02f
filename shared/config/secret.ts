import { inspect } from 'node:util';

const SHOWN = '[secret]';

/** A value that prints as `[secret]` wherever it is printed; only `reveal()` gives it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  // SECURITY: these three are the ways a value reaches a log or a reply by itself; without them the secret is printed.
  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
