export { includes, LEVELS, type Level } from '../config/level.ts';
