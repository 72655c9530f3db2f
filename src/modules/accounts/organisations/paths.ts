/** Addresses of organisations: public ones, one's own, and the desk's. */
import { definePath } from "#core/http/paths.ts";

export const ORGANISATIONS = definePath({ fi: "/toimijat", sv: "/aktorer", en: "/organisations" });
export const ORGANISATION = definePath({ fi: "/toimijat/:id", sv: "/aktorer/:id", en: "/organisations/:id" });

export const MY_ORGANISATIONS = definePath({ fi: "/me/toimijat", sv: "/me/aktorer", en: "/me/organisations" });
const mine = (fi: string, sv: string, en: string) =>
  definePath({ fi: `/me/toimijat/${fi}`, sv: `/me/aktorer/${sv}`, en: `/me/organisations/${en}` });

export const NEW_ORGANISATION = mine("uusi", "ny", "new");
/** The second page; the address tells the answers of the first. */
export const NEW_ORGANISATION_DETAILS = mine("uusi/tiedot", "ny/uppgifter", "new/details");
export const INVITATION = mine("kutsu/:token", "inbjudan/:token", "invitation/:token");
export const MY_ORGANISATION = mine(":id", ":id", ":id");
export const EDIT_ORGANISATION = mine(":id/muokkaa", ":id/redigera", ":id/edit");
export const CLAIM_ORGANISATION = mine(":id/ilmoittaudu", ":id/anmal", ":id/claim");
export const INVITE = mine(":id/kutsu", ":id/bjud-in", ":id/invite");
export const CANCEL_INVITATION = mine(
  ":id/kutsut/:invitation/peru",
  ":id/inbjudningar/:invitation/aterkalla",
  ":id/invitations/:invitation/cancel",
);
export const MEMBER = mine(":id/jasenet/:member", ":id/medlemmar/:member", ":id/members/:member");
export const END_MEMBER = mine(
  ":id/jasenet/:member/poista",
  ":id/medlemmar/:member/ta-bort",
  ":id/members/:member/remove",
);
export const HAND_OVER = mine(":id/luovuta", ":id/overlat", ":id/hand-over");
export const LEAVE = mine(":id/eroa", ":id/lamna", ":id/leave");
export const END_ORGANISATION = mine(":id/lopeta", ":id/avsluta", ":id/end");

export const ACTING = definePath({ fi: "/me/toimin", sv: "/me/handlar", en: "/me/acting" });

export const DESK_ORGANISATIONS = definePath({
  fi: "/:city/desk/toimijat",
  sv: "/:city/desk/aktorer",
  en: "/:city/desk/organisations",
});
const desk = (fi: string, sv: string, en: string) =>
  definePath({
    fi: `/:city/desk/toimijat/${fi}`,
    sv: `/:city/desk/aktorer/${sv}`,
    en: `/:city/desk/organisations/${en}`,
  });
export const DESK_CLAIM = desk("ilmoitukset/:id", "anmalningar/:id", "claims/:id");
export const MERGE = desk("yhdista", "sla-ihop", "merge");
export const MERGE_CONFIRM = desk("yhdista/:from/:into", "sla-ihop/:from/:into", "merge/:from/:into");

/** Language-neutral, for citing. */
export const permanentOrganisation = (id: string): string => `/id/organisation/${id}`;
export const apiOrganisation = (id: string): string => `/api/v1/organisations/${id}`;
