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
  /** Of Unauthenticated: how surely one has to be known. */
  readonly needs: "mail" | "strong";
  constructor(kind: ErrorKind, message: string, fields: readonly FieldError[] = [], needs: AppError["needs"] = "mail") {
    super(message);
    this.name = `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
    this.kind = kind;
    this.fields = fields;
    this.needs = needs;
  }
}

/** There is no such thing, or the asker may not know that there is. */
export const missing = (what: string) => new AppError("missing", what);
/** Who asks is not known, or not surely enough for this; `needs` says how surely. */
export const unauthenticated = (why: string, needs: "mail" | "strong" = "mail") =>
  new AppError("unauthenticated", why, [], needs);
/** The thing exists and the actor may not do this. */
export const forbidden = (why: string) => new AppError("forbidden", why);
/** Somebody else was first, or the state does not allow it any more. */
export const conflict = (why: string) => new AppError("conflict", why);
/** The input is wrong; `fields` say where and what to do. */
export const invalid = (why: string, fields: readonly FieldError[] = []) => new AppError("invalid", why, fields);
/** Too often in too short a time. */
export const tooMany = (why: string) => new AppError("tooMany", why);
/** A part of the service is away for the moment. */
export const unavailable = (why: string) => new AppError("unavailable", why);

/** For the person at the terminal: the message and those of its causes, each of which says a part of what happened. */
export function explain(error: unknown): string {
  const messages: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) messages.push(at.message);
  return messages.join("\n  because: ") || String(error);
}
