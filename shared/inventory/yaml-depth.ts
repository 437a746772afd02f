export { nestsTooDeeply } from '../config/yaml-depth.ts';
