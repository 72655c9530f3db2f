/** Who may do what with all that is kept about somebody. */
import { everybody, type Permission, personOf, signedIn, system } from "#core/actor.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

/** Everybody their own, in whatever role they act at the moment. */
export const mayEraseThemself: Permission = signedIn("erase all that is kept about them");

/** The profile service of the city, with a token by which a person asks for themself through it. */
export const GDPR_API = system("gdpr-api");

/** That person themself, or the profile service for them. */
export const mayErase = (person: string): Permission => ({
  name: "erase all that is kept about that person",
  needs: "mail",
  allows: (actor) =>
    actor.kind === "system" ? actor.name === "gdpr-api" : actor.kind !== "key" && personOf(actor) === person,
});

/** Only who was erased has the link; nobody is signed in any more. */
export const mayReadReceipt: Permission = everybody("see the receipt of an erasure by its link");

/** The profile service brings a token of the city's issuer: bearer.ts asks whose it is and what it allows. */
export const mayCallGdprApi: Permission = everybody("ask about a person by a token of the city's profile service");

/** Stands for the person whom the rule is about, in the table of rights. */
const SOMEBODY = "00000000-0000-7000-8000-000000000000";

export const ERASURE_RIGHTS: ModuleRights = {
  of: () => [mayEraseThemself, mayErase(SOMEBODY), mayReadReceipt, mayCallGdprApi],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
