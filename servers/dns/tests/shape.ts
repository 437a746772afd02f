/** The types that stand at each path of a JSON value; array elements are merged, and keys that are data (addresses, ids) are one. */
export type Shape = Map<string, Set<string>>;

const DATA_KEYS = /^(\d+(\.\d+){3}|\d+)$/;

export function shapeOf(value: unknown, path = '$', into: Shape = new Map()): Shape {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  into.set(path, (into.get(path) ?? new Set()).add(type));
  if (Array.isArray(value)) for (const item of value) shapeOf(item, `${path}[]`, into);
  else if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) shapeOf(item, `${path}.${DATA_KEYS.test(key) ? '*' : key}`, into);
  return into;
}

/** How `ours` differs from `theirs`: paths on one side only, and types that none of the recordings of that route has there. */
export function differences(ours: unknown, theirs: unknown, known: Shape): string[] {
  const [one, other] = [shapeOf(ours), shapeOf(theirs)];
  const missing = [...other.keys()].filter((path) => !one.has(path)).map((path) => `lacks ${path}`);
  // Where a recorded list is empty nothing is said about its rows; another recording of the route does.
  const more = [...one.keys()].filter((path) => !other.has(path) && !(path.includes('[]') && known.has(path))).map((path) => `has ${path}`);
  const types = [...one].flatMap(([path, own]) => {
    const allowed = new Set([...(other.get(path) ?? []), ...(known.get(path) ?? [])]);
    return [...own].filter((type) => allowed.size > 0 && !allowed.has(type)).map((type) => `${path} is ${type}, recorded ${[...allowed]}`);
  });
  return [...missing, ...more, ...types];
}
