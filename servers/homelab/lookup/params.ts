import { z } from 'zod';

/** A name of a host or service, as tools take it. */
export const LabName = z.string().trim().min(1).max(120);
