import { Fault } from '../faults.ts';
import { SECOND } from './clock.ts';
import { METRIC_NAMES, type MetricName } from './metric-names.ts';

/** Prometheus of the lab scrapes that often. */
export const SCRAPE_MS = 30 * SECOND;

export type Labels = Readonly<Record<string, string>>;

/** One time series: what it is called, and its figure at any instant (undefined where there is none). */
export interface Series extends MetricName {
  name: string;
  labels: Labels;
  /** Depends on the instant alone; counters grow and begin anew at restarts. */
  at: (time: number) => number | undefined;
}

/** One sample; time in milliseconds. */
export interface Sample {
  time: number;
  value: number;
}

/** All series, computed when asked. */
export interface SeriesCatalogue {
  /** Those of a name and with these labels; all without arguments. */
  series: (name?: string, labels?: Labels) => readonly Series[];
  /** The figure of the one series that these labels select; `not_found` when none or several are. */
  sample: (name: string, labels: Labels, time: number) => number | undefined;
  /** Samples of that series at `from`, `from + step` ... up to `to`, both included. */
  range: (name: string, labels: Labels, from: number, to: number, stepMs: number) => Sample[];
}

/** Takes series while they are declared. */
export type Declare = (name: string, labels: Labels, at: Series['at']) => void;

/** Collects what `declare` is given; a name that METRIC_NAMES lacks is a mistake of ours. */
export function catalogue(declareAll: (declare: Declare) => void, beginning: number): SeriesCatalogue {
  const all: Series[] = [];
  const byName = new Map<string, Series[]>();
  declareAll((name, labels, at) => {
    const known = METRIC_NAMES[name];
    if (!known) throw new Fault('internal', 'A metric of the lab has no entry in its list of names.');
    const one = { name, labels, ...known, at: (time: number) => (time < beginning ? undefined : at(time)) };
    all.push(one);
    const named = byName.get(name);
    if (named) named.push(one);
    else byName.set(name, [one]);
  });
  const series = (name?: string, labels: Labels = {}): readonly Series[] => {
    const wanted = Object.entries(labels);
    const named = name === undefined ? all : (byName.get(name) ?? []);
    return wanted.length === 0 ? named : named.filter((one) => wanted.every(([label, value]) => one.labels[label] === value));
  };
  const only = (name: string, labels: Labels): Series => {
    const found = series(name, labels);
    if (found.length !== 1) throw new Fault('not_found', `${found.length} series of the lab have that name and these labels.`);
    return found[0] as Series;
  };
  return {
    series,
    sample: (name, labels, time) => only(name, labels).at(time),
    range: (name, labels, from, to, stepMs) => samplesOf(only(name, labels), from, to, stepMs),
  };
}

/** Samples of one series at `from`, `from + step` ... up to `to`; instants without a figure are left out. */
export function samplesOf(series: Series, from: number, to: number, stepMs: number): Sample[] {
  const samples: Sample[] = [];
  for (let time = from; time <= to; time += stepMs) {
    const value = series.at(time);
    if (value !== undefined) samples.push({ time, value });
  }
  return samples;
}
