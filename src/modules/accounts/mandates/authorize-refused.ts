/** Why it came to no mandate of the register, as the person is told. */
import type { Language } from "#core/cities.ts";

export const REFUSALS = ["cancelled", "late", "nobody", "refused", "unidentified"] as const;
export type Refusal = (typeof REFUSALS)[number];

export class AuthorizeRefused extends Error {
  readonly why: Refusal;
  /** In which the visit began, once that is known. */
  readonly language: Language | undefined;
  constructor(why: Refusal, language?: Language) {
    super(`no mandate of the register: ${why}`);
    this.name = "AuthorizeRefused";
    this.why = why;
    this.language = language;
  }
}
