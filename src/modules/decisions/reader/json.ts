/** JSON of unknown make, looked into with care: a field that is missing or of another type is empty. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ownField = (object: JsonObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** A text, or the digits of a number; else "". */
export function textField(object: JsonObject, name: string): string {
  const value = ownField(object, name);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" ? value : "";
}

export function objectField(object: JsonObject, name: string): JsonObject | null {
  const value = ownField(object, name);
  return isObject(value) ? value : null;
}

export function objectsField(object: JsonObject, name: string): JsonObject[] {
  const value = ownField(object, name);
  return Array.isArray(value) ? value.filter(isObject) : [];
}
