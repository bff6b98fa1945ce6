/** Changing one entry of a map that others may hold: a copy is changed, or the map itself where it is owned. */

/** `isOwned`: nobody else holds the map, so it is written in place. */
export function withEntry<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
  value: Value,
  isOwned: boolean,
): ReadonlyMap<string, Value> {
  return (isOwned ? (map as Map<string, Value>) : new Map(map)).set(key, value);
}

/** The very same map where it has no such entry. */
export function withoutEntry<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
  isOwned: boolean,
): ReadonlyMap<string, Value> {
  if (!map.has(key)) return map;
  const rest = isOwned ? (map as Map<string, Value>) : new Map(map);
  rest.delete(key);
  return rest;
}
