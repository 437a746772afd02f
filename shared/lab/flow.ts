import { type Clock, DAY, HOUR, type LocalTime } from './clock.ts';
import { wave, waveSlope } from './random.ts';

/** Something that flows for a while on top of the usual, such as a transcode. */
export interface Spell {
  from: number;
  to: number;
  perSecond: number;
}

/** What flows: always `base`, in addition what the hour of the week brings, and spells. */
export interface FlowShape {
  base: number;
  /** Added per second at that local time. */
  rhythm?: (time: LocalTime) => number;
  /** Share of `base` by which it wavers, below 1. */
  noise?: number;
  spells?: readonly Spell[];
}

/** A quantity that only grows: its speed now, and what passed between two instants. */
export interface Flow {
  perSecond: (time: number) => number;
  total: (from: number, to: number) => number;
}

const SLOT = HOUR / 2;
const WEEK = 7 * DAY;
const SLOTS = WEEK / SLOT;
const WAVER = 10 * 60_000;

/** The integral is in closed form, so that one figure costs the same after a day and after a month. */
export function flow(shape: FlowShape, seed: number, clock: Clock): Flow {
  const { base, rhythm, noise = 0.4, spells = [] } = shape;
  let week: { slots: Float64Array; before: Float64Array; whole: number } | undefined;
  const prepare = () => {
    if (week || !rhythm) return week;
    const slots = new Float64Array(SLOTS);
    const before = new Float64Array(SLOTS);
    let sum = 0;
    for (let slot = 0; slot < SLOTS; slot += 1) {
      slots[slot] = rhythm(clock.local(slot * SLOT + SLOT / 2 - clock.offset));
      before[slot] = sum;
      sum += ((slots[slot] as number) * SLOT) / 1000;
    }
    week = { slots, before, whole: sum };
    return week;
  };
  // The steepest slope of wave() is 3 per period: with this height the flow never turns back.
  const height = (noise * base * WAVER) / 3000;
  const rhythmic = (time: number): number => {
    const table = prepare();
    if (!table) return 0;
    const shifted = time + clock.offset;
    const weeks = Math.floor(shifted / WEEK);
    const into = shifted - weeks * WEEK;
    const slot = Math.floor(into / SLOT);
    return weeks * table.whole + (table.before[slot] as number) + ((table.slots[slot] as number) * (into - slot * SLOT)) / 1000;
  };
  return {
    perSecond(time) {
      const shifted = time + clock.offset;
      const slot = Math.floor((shifted - Math.floor(shifted / WEEK) * WEEK) / SLOT);
      const spell = spells.reduce((sum, one) => (time >= one.from && time < one.to ? sum + one.perSecond : sum), 0);
      return base + (prepare()?.slots[slot] ?? 0) + height * waveSlope(seed, time, WAVER) + spell;
    },
    total(from, to) {
      const spell = spells.reduce((sum, one) => sum + overlap(one, from, to) * one.perSecond, 0);
      const wavering = height * (wave(seed, to, WAVER) - wave(seed, from, WAVER));
      return (base * (to - from)) / 1000 + rhythmic(to) - rhythmic(from) + wavering + spell;
    },
  };
}

/** A figure that goes up and down around `base` with the local time. */
export function level(base: number, swing: number, seed: number, clock: Clock, rhythm: (time: LocalTime) => number = () => 0) {
  return (time: number): number =>
    base + rhythm(clock.local(time)) + swing * (0.7 * wave(seed, time, WAVER) + 0.3 * wave(seed ^ 0x5bd1e995, time, 60_000));
}

/** 1 at `center` o'clock, falling off within about `width` hours on either side, over midnight as well. */
export function around(hour: number, center: number, width: number): number {
  const apart = Math.abs(hour - center);
  const distance = Math.min(apart, 24 - apart) / width;
  return Math.exp(-distance * distance);
}

function overlap(spell: Spell, from: number, to: number): number {
  return Math.max(0, Math.min(spell.to, to) - Math.max(spell.from, from)) / 1000;
}
