import { doctor } from '@homelab/shared/commands/doctor.ts';
import { modules } from './modules.ts';

process.exitCode = await doctor(modules, { out: console.log });
