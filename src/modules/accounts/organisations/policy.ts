/** Who may do what with organisations. */
import {
  type Actor,
  everybody,
  isAtLeast,
  ORGANISATION_ROLES,
  type OrganisationRole,
  type Permission,
  signedIn,
  staffOf,
} from "#core/actor.ts";
import type { CityCode } from "#core/cities.ts";
import { assuranceFor, type Membership } from "./organisation.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

/** Organisations act in public: what they tell of themselves is public. Their members are not. */
export const mayReadOrganisations: Permission = everybody("read organisations");

/**
 * A person, whoever they act for at the moment: belonging to an organisation is about oneself, so that it is no right of staff at
 * work, and none that a mandate gives.
 */
const persons = (name: string, needs: "mail" | "strong"): Permission => ({
  name,
  needs,
  allows: (actor) => isPerson(actor) && isAtLeast(actor.assurance, needs),
});

const isPerson = (actor: Actor): actor is Extract<Actor, { kind: "resident" | "member" }> =>
  (actor.kind === "resident" || actor.kind === "member") && actor.behalf === undefined;

export const maySeeOwnOrganisations = persons("see their organisations", "mail");
export const mayCreateOrganisation = persons("create an organisation", "strong");
export const mayClaimOrganisation = persons("claim an organisation", "strong");
/** Who holds its link may look at an invitation, also before they sign in. */
export const mayOpenInvitation = everybody("open an invitation");
export const mayTakeInvitation = (role: OrganisationRole): Permission =>
  persons(`become ${role} of an organisation`, assuranceFor(role));
export const mayLeaveOrganisation = persons("leave an organisation", "mail");

/** Asked of a page before anything is read: whether they are an owner of that organisation is asked when it has been. */
export const mayRunSome = persons("run an organisation of theirs", "strong");
/** Owners run their organisation, known by strong identification. `held`: what the actor is in it. */
export const mayRun = (held: Pick<Membership, "role">): Permission => ({
  ...mayRunSome,
  allows: (actor) => held.role === "owner" && mayRunSome.allows(actor),
});

export const mayChooseActing = signedIn("choose as whom they act");

const CHECKERS = ["coordinator", "administrator"] as const;
export const mayCheckOrganisations = (city: CityCode): Permission =>
  staffOf("look at claims of organisations", city, CHECKERS);
export const mayMergeOrganisations = (city: CityCode): Permission => staffOf("merge organisations", city, CHECKERS);

export const ORGANISATION_RIGHTS: ModuleRights = {
  of: (city) => [
    mayReadOrganisations,
    maySeeOwnOrganisations,
    mayCreateOrganisation,
    mayClaimOrganisation,
    mayOpenInvitation,
    ...ORGANISATION_ROLES.map(mayTakeInvitation),
    mayLeaveOrganisation,
    mayRunSome,
    mayChooseActing,
    mayCheckOrganisations(city),
    mayMergeOrganisations(city),
  ],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
