/** Addresses of a city's desk: its front page, its staff, its rights. */
import { definePath } from "#core/http/paths.ts";

export const DESK = definePath({ fi: "/:city/desk", sv: "/:city/desk", en: "/:city/desk" });
export const RIGHTS = definePath({
  fi: "/:city/desk/oikeudet",
  sv: "/:city/desk/rattigheter",
  en: "/:city/desk/rights",
});
export const STAFF = definePath({
  fi: "/:city/desk/henkilosto",
  sv: "/:city/desk/personal",
  en: "/:city/desk/staff",
});
export const INVITE = definePath({
  fi: "/:city/desk/henkilosto/kutsu",
  sv: "/:city/desk/personal/bjud-in",
  en: "/:city/desk/staff/invite",
});
export const WITHDRAW = definePath({
  fi: "/:city/desk/henkilosto/kutsut/:id/peru",
  sv: "/:city/desk/personal/inbjudningar/:id/aterkalla",
  en: "/:city/desk/staff/invitations/:id/withdraw",
});
/** One person's roles, and a form to give another. */
export const MEMBER = definePath({
  fi: "/:city/desk/henkilosto/:person",
  sv: "/:city/desk/personal/:person",
  en: "/:city/desk/staff/:person",
});
/** Of the role that the query names. */
export const CHANGE_ROLE = definePath({
  fi: "/:city/desk/henkilosto/:person/muuta",
  sv: "/:city/desk/personal/:person/andra",
  en: "/:city/desk/staff/:person/change",
});
/** The role that the query names; without one, all. */
export const END_ROLES = definePath({
  fi: "/:city/desk/henkilosto/:person/lopeta",
  sv: "/:city/desk/personal/:person/avsluta",
  en: "/:city/desk/staff/:person/end",
});
