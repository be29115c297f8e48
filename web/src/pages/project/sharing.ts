/**
 * Keeps of an answer what is as it was before, part by part. What is drawn of a part is then drawn
 * again only where that part changed, however large the plan is.
 */
export function sharing<T>(before: T | undefined, now: T): T {
  return shared(before, now) as T;
}

function shared(before: unknown, now: unknown): unknown {
  if (Object.is(before, now) || !isObject(before) || !isObject(now)) return now;
  if (Array.isArray(now)) return Array.isArray(before) ? sharedList(before, now) : now;
  if (now instanceof Date) {
    return before instanceof Date && before.getTime() === now.getTime() ? before : now;
  }
  if (now instanceof Map) return before instanceof Map ? sharedMap(before, now) : now;
  if (Array.isArray(before) || before instanceof Date || before instanceof Map) return now;
  return sharedRecord(before as Plain, now as Plain);
}

type Plain = Record<string, unknown>;

function sharedList(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  let byId: ReadonlyMap<unknown, unknown> | undefined;
  const parts = now.map((part, index) => {
    const [id, beside] = [idOf(part), before[index]];
    if (id === undefined || idOf(beside) === id) return shared(beside, part);
    // Where parts have ids, one that is elsewhere now is known again by its own.
    byId ??= new Map(before.map((one) => [idOf(one), one]));
    return shared(byId.get(id), part);
  });
  const isSame = parts.length === before.length && parts.every((part, at) => part === before[at]);
  return isSame ? before : parts;
}

function idOf(part: unknown): unknown {
  return isObject(part) && "id" in part ? part.id : undefined;
}

function sharedMap(before: ReadonlyMap<unknown, unknown>, now: ReadonlyMap<unknown, unknown>) {
  const parts = new Map([...now].map(([key, part]) => [key, shared(before.get(key), part)]));
  const isSame =
    parts.size === before.size &&
    [...parts].every(([key, part]) => before.has(key) && before.get(key) === part);
  return isSame ? before : parts;
}

function sharedRecord(before: Plain, now: Plain): Plain {
  const names = Object.keys(now);
  const parts: Plain = {};
  let isSame = names.length === Object.keys(before).length;
  for (const name of names) {
    parts[name] = shared(before[name], now[name]);
    isSame &&= parts[name] === before[name];
  }
  return isSame ? before : parts;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
