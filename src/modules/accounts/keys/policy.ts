/** Who may do what with API keys. Whoever has one acts as its holder: so it takes strong identification to have one made. */
import { type Actor, isAtLeast, type Permission } from "#core/actor.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

/** Themself, or in an organisation's name; not for somebody by a mandate, which is for a person to use and not for a program. */
const isInOwnName = (actor: Actor): boolean =>
  (actor.kind === "resident" || actor.kind === "member") &&
  actor.behalf === undefined &&
  isAtLeast(actor.assurance, "strong");

export const maySeeKeys: Permission = { name: "see their API keys", needs: "strong", allows: isInOwnName };

/** In an organisation's name its owners only. */
export const mayManageKeys: Permission = {
  name: "make and end API keys",
  needs: "strong",
  allows: (actor) => isInOwnName(actor) && (actor.kind !== "member" || actor.role === "owner"),
};

/** The organisation whose keys are this actor's to see: the one they act for as its owner. */
export const organisationOfKeys = (actor: Actor): string | null =>
  actor.kind === "member" && mayManageKeys.allows(actor) ? actor.organisation : null;

export const KEY_RIGHTS: ModuleRights = {
  of: () => [maySeeKeys, mayManageKeys],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
