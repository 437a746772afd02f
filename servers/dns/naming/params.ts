import { z } from 'zod';

/** One Pi-hole by name or role; all of them when absent. */
export const PiholeName = z.string().max(80).optional().describe('Name or role; all when absent');
export const DomainText = z.string().min(1).max(300);
