import { join } from 'node:path';
import { loadInventory } from '../inventory/load.ts';
import { type Lab, openLab } from './lab.ts';

/** Instants at which the story must hold: by day, by night, on New Year's Eve, and with a change of the clocks in its two weeks. */
export const MOMENTS = [
  '2026-11-20T14:20:30Z',
  '2026-11-21T02:05:00Z',
  '2026-12-31T23:30:00Z',
  '2027-04-02T21:40:00Z',
  '2026-07-15T05:00:00Z',
] as const;

const inventory = loadInventory(join(import.meta.dirname, '..', '..'));

/** The lab over the shipped inventory, read once for all tests. */
export const labAt = (moment: string = MOMENTS[0], seed?: number): Lab =>
  openLab({ now: new Date(moment), inventory, ...(seed === undefined ? {} : { seed }) });
