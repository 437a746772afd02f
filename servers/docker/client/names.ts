import { Fault } from '@homelab/shared/faults.ts';

const CONTAINER = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}$/;
const IMAGE = /^(?:sha256:[0-9a-f]{64}|(?=.{1,400}$)[a-z0-9][\w.:/-]*(?:@sha256:[0-9a-f]{64})?)$/i;

/** The path of a container; `invalid_input` for what can be no name or id, so that nothing else is reached with it. */
export function containerPath(id: string): string {
  return `/containers/${checked(CONTAINER, id, 'container', 'docker_ps shows the names.')}`;
}

export function volumePath(name: string): string {
  return `/volumes/${checked(CONTAINER, name, 'volume', 'docker_resources shows the names.')}`;
}

export function networkPath(name: string): string {
  return `/networks/${checked(CONTAINER, name, 'network', 'docker_resources shows the names.')}`;
}

/** The path of an image by reference or id. */
export function imagePath(reference: string): string {
  return `/images/${checked(IMAGE, reference, 'image', 'docker_resources shows the references.')}`;
}

function checked(pattern: RegExp, text: string, kind: string, hint: string): string {
  // SECURITY: dots and slashes would climb to another call of the engine's API.
  if (pattern.test(text) && !text.includes('..') && !text.includes('//')) return text;
  throw new Fault('invalid_input', `This can be no name or id of a ${kind}.`, { hint });
}
