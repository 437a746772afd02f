import { EventEmitter } from 'node:events';
import type { ContainerFact } from '../../../shared/lab/containers.ts';
import { RESTART_PAUSE } from '../../../shared/lab/containers.ts';
import type { ImageFact } from '../../../shared/lab/images.ts';
import type { Lab } from '../../../shared/lab/lab.ts';
import type { Machine } from '../../../shared/lab/machines.ts';
import { EngineError } from './engine-error.ts';

/** How a container of the simulator is right now; times in milliseconds. */
export interface Life {
  state: 'running' | 'restarting' | 'exited' | 'paused';
  startedAt: number;
  finishedAt?: number;
  exitCode: number;
  oomKilled: boolean;
  restarts: number;
  health?: 'healthy' | 'unhealthy' | 'starting';
}

/** A container as the lab made it, and how it is. */
export interface Simulated {
  fact: ContainerFact;
  life: Life;
}

/** What an engine tells of itself when something happens. */
export interface EngineEvent {
  at: number;
  action: string;
  id: string;
  name: string;
  image: string;
  exitCode?: number;
}

/** What somebody did to a container through the API; from then on the lab's story goes on only while it runs. */
interface Done {
  state: 'running' | 'exited' | 'paused';
  startedAt: number;
  finishedAt?: number;
  exitCode: number;
}

/** Docker keeps that many events. */
const KEPT_EVENTS = 256;
const HEALTH_START = 25_000;
const DAY = 86_400_000;

/** The engine of one machine of the lab: its containers as the story leaves them, changed by what is done to them. */
export class SimulatedEngine {
  readonly lab: Lab;
  readonly machine: Machine;
  readonly said = new EventEmitter<{ event: [EngineEvent] }>().setMaxListeners(0);
  readonly #done = new Map<string, Done>();
  readonly #removed = new Set<string>();
  readonly #removedImages = new Set<string>();
  readonly #events: EngineEvent[] = [];
  readonly #clock: () => number;

  constructor(lab: Lab, machine: Machine, clock: () => number) {
    this.lab = lab;
    this.machine = machine;
    this.#clock = clock;
  }

  now(): number {
    return Math.max(this.lab.now, this.#clock());
  }

  containers(): Simulated[] {
    const at = this.now();
    return this.lab
      .containers(this.machine.name, at)
      .filter(({ id }) => !this.#removed.has(id))
      .map((fact) => ({ fact, life: this.#lifeOf(fact, at) }));
  }

  /** The container of a name, an id or the beginning of one. */
  find(key: string): Simulated {
    const all = this.containers();
    const exact = all.find(({ fact }) => fact.name === key.replace(/^\//, '') || fact.id === key);
    const begun = exact ? [exact] : all.filter(({ fact }) => /^[0-9a-f]+$/.test(key) && fact.id.startsWith(key));
    if (begun.length > 1) throw new EngineError(400, `multiple IDs found with provided prefix: ${key}`);
    const [found] = begun;
    if (!found) throw new EngineError(404, `No such container: ${key}`);
    return found;
  }

  images(): ImageFact[] {
    const used = new Set(this.containers().map(({ fact }) => fact.image));
    return this.lab
      .images(this.machine.name)
      .filter(({ id }) => !this.#removedImages.has(id))
      .map((image) => ({ ...image, inUse: used.has(`${image.name}:${image.tag}`) }));
  }

  removeImage(image: ImageFact): void {
    this.#removedImages.add(image.id);
  }

  /** The last events that Docker would still have, oldest first. */
  events(from: number, to: number): EngineEvent[] {
    const told = this.lab
      .events(this.machine.name, this.now() - 14 * DAY, this.now() + 1)
      .filter((event) => !this.#silenced(event.id, event.at))
      .map(({ at, action, id, container, image, exitCode }) => ({
        at,
        action,
        id,
        name: container,
        image,
        ...(exitCode === undefined ? {} : { exitCode }),
      }));
    return [...told, ...this.#events]
      .sort((a, b) => a.at - b.at)
      .slice(-KEPT_EVENTS)
      .filter(({ at }) => at >= from && at < to);
  }

  start(key: string): boolean {
    const { fact, life } = this.find(key);
    if (life.state === 'paused') throw new EngineError(409, 'cannot start a paused container, try unpause instead');
    if (life.state === 'running') return false;
    this.#begin(fact);
    return true;
  }

  stop(key: string, exitCode = 0): boolean {
    const { fact, life } = this.find(key);
    if (life.state === 'exited') return false;
    this.#end(fact, life, exitCode);
    this.#say(fact, 'stop');
    return true;
  }

  restart(key: string): void {
    const { fact, life } = this.find(key);
    if (life.state !== 'exited') this.#end(fact, life, 0);
    this.#begin(fact);
    this.#say(fact, 'restart');
  }

  kill(key: string): void {
    const { fact, life } = this.find(key);
    if (life.state !== 'running' && life.state !== 'paused')
      throw new EngineError(409, `Cannot kill container: ${key}: Container ${fact.id} is not running`);
    this.#say(fact, 'kill');
    this.#end(fact, life, 137);
  }

  pause(key: string): void {
    const { fact, life } = this.find(key);
    if (life.state === 'paused') throw new EngineError(409, `Container ${fact.id} is already paused`);
    if (life.state !== 'running') throw new EngineError(409, `Container ${fact.id} is not running`);
    this.#done.set(fact.id, { state: 'paused', startedAt: life.startedAt, exitCode: 0 });
    this.#say(fact, 'pause');
  }

  unpause(key: string): void {
    const { fact, life } = this.find(key);
    // A real engine calls this its own failure.
    if (life.state !== 'paused') throw new EngineError(500, `Container ${fact.id} is not paused`);
    this.#done.set(fact.id, { state: 'running', startedAt: life.startedAt, exitCode: 0 });
    this.#say(fact, 'unpause');
  }

  remove(key: string, force: boolean): void {
    const { fact, life } = this.find(key);
    if (life.state !== 'exited' && !force)
      throw new EngineError(
        409,
        `cannot remove container "/${fact.name}": container is ${life.state}: stop the container before removing or force remove`,
      );
    if (life.state !== 'exited') this.#end(fact, life, 137);
    this.#removed.add(fact.id);
    this.#say(fact, 'destroy');
  }

  #begin(fact: ContainerFact): void {
    this.#done.set(fact.id, { state: 'running', startedAt: this.now(), exitCode: 0 });
    this.#say(fact, 'start');
  }

  #end(fact: ContainerFact, life: Life, exitCode: number): void {
    this.#done.set(fact.id, { state: 'exited', startedAt: life.startedAt, finishedAt: this.now(), exitCode });
    this.#say(fact, 'die', exitCode);
  }

  #say({ id, name, image }: ContainerFact, action: string, exitCode?: number): void {
    const event = { at: this.now(), action, id, name, image, ...(exitCode === undefined ? {} : { exitCode }) };
    this.#events.push(event);
    this.said.emit('event', event);
  }

  /** The story does not go on in a container that was stopped. */
  #silenced(id: string, at: number): boolean {
    const done = this.#done.get(id);
    if (this.#removed.has(id) && !done) return true;
    return done?.state !== 'running' && done !== undefined && at > (done.finishedAt ?? done.startedAt) && at > this.lab.now;
  }

  #lifeOf(fact: ContainerFact, at: number): Life {
    const done = this.#done.get(fact.id);
    const health = (value: Life['health']) => (fact.health && value ? { health: value } : {});
    if (!done) {
      const ended = fact.lastExit ? { finishedAt: fact.lastExit.at } : {};
      const { state, startedAt, restarts } = fact;
      const died = state === 'restarting';
      return {
        state,
        startedAt,
        restarts,
        ...ended,
        exitCode: died ? (fact.lastExit?.code ?? 0) : 0,
        oomKilled: died,
        ...health(fact.health),
      };
    }
    const base = { state: done.state, startedAt: done.startedAt, exitCode: done.exitCode, oomKilled: false, restarts: 0 };
    if (done.state !== 'running')
      return {
        ...base,
        ...(done.finishedAt === undefined ? {} : { finishedAt: done.finishedAt }),
        ...health(done.state === 'paused' ? fact.health : undefined),
      };
    const kills = fact.service === 'jellyfin' ? this.lab.story.kills(done.startedAt, at) : [];
    const last = kills.at(-1);
    const startedAt = last === undefined ? done.startedAt : last + RESTART_PAUSE;
    const still = at - startedAt < HEALTH_START ? 'starting' : fact.health;
    return {
      ...base,
      ...(last === undefined ? {} : { finishedAt: last }),
      state: at < startedAt ? 'restarting' : 'running',
      exitCode: at < startedAt ? 137 : 0,
      oomKilled: at < startedAt,
      startedAt,
      restarts: kills.length,
      ...health(still),
    };
  }
}
