/**
 * The small family of errors that rules and actions throw. They are mapped to a page or to problem details (RFC 9457)
 * in core/http/errors.ts and nowhere else. `message` is for logs and developers; people see the texts of their language.
 */

export type ErrorKind =
  | "unauthenticated"
  | "missing"
  | "forbidden"
  | "conflict"
  | "invalid"
  | "tooMany"
  | "unavailable";

export const STATUS_OF: Record<ErrorKind, number> = {
  unauthenticated: 401,
  invalid: 422,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  tooMany: 429,
  unavailable: 503,
};

/** One field that is wrong: the form field's name or the JSON pointer, and what to do. */
export interface FieldError {
  field: string;
  message: string;
}

export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly fields: readonly FieldError[];
  constructor(kind: ErrorKind, message: string, fields: readonly FieldError[] = []) {
    super(message);
    this.name = `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
    this.kind = kind;
    this.fields = fields;
  }
}

/** There is no such thing, or the asker may not know that there is. */
export const missing = (what: string) => new AppError("missing", what);
/** Who asks is not known, and this needs to be known. */
export const unauthenticated = (why: string) => new AppError("unauthenticated", why);
/** The thing exists and the actor may not do this. */
export const forbidden = (why: string) => new AppError("forbidden", why);
/** Somebody else was first, or the state does not allow it any more. */
export const conflict = (why: string) => new AppError("conflict", why);
/** The input is wrong; `fields` say where and what to do. */
export const invalid = (why: string, fields: readonly FieldError[] = []) => new AppError("invalid", why, fields);
/** A part of the service is away for the moment. */
export const unavailable = (why: string) => new AppError("unavailable", why);
