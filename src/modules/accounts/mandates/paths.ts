/** Addresses of mandates: one's own below /me, an advisor's at the desk. */
import { definePath } from "#core/http/paths.ts";

export const MANDATES = definePath({ fi: "/me/valtuutukset", sv: "/me/fullmakter", en: "/me/mandates" });
export const GIVE_MANDATE = definePath({
  fi: "/me/valtuutukset/anna",
  sv: "/me/fullmakter/ge",
  en: "/me/mandates/give",
});
/** The link in the mail. */
export const MANDATE_OFFER = definePath({
  fi: "/me/valtuutukset/tarjous/:token",
  sv: "/me/fullmakter/erbjudande/:token",
  en: "/me/mandates/offer/:token",
});
export const DECLINE_MANDATE = definePath({
  fi: "/me/valtuutukset/tarjous/:token/hylkaa",
  sv: "/me/fullmakter/erbjudande/:token/avboj",
  en: "/me/mandates/offer/:token/decline",
});
export const RESEND_MANDATE = definePath({
  fi: "/me/valtuutukset/:id/uusi-linkki",
  sv: "/me/fullmakter/:id/ny-lank",
  en: "/me/mandates/:id/resend",
});
export const END_MANDATE = definePath({
  fi: "/me/valtuutukset/:id/lopeta",
  sv: "/me/fullmakter/:id/avsluta",
  en: "/me/mandates/:id/end",
});
export const ACT_BY_MANDATE = definePath({
  fi: "/me/valtuutukset/:id/asioi",
  sv: "/me/fullmakter/:id/agera",
  en: "/me/mandates/:id/act",
});
export const STOP_ACTING = definePath({
  fi: "/me/valtuutukset/lopeta-asiointi",
  sv: "/me/fullmakter/sluta-agera",
  en: "/me/mandates/stop-acting",
});

/** To Suomi.fi e-Authorizations. */
export const AUTHORIZE = definePath({
  fi: "/me/valtuutukset/suomifi",
  sv: "/me/fullmakter/suomifi",
  en: "/me/mandates/suomifi",
});
export const CHOOSE_PRINCIPAL = definePath({
  fi: "/me/valtuutukset/suomifi/:id",
  sv: "/me/fullmakter/suomifi/:id",
  en: "/me/mandates/suomifi/:id",
});
/** And back. The same in every language: the register knows it by heart. */
export const AUTHORIZED = "/authorizations/callback";

export const HELP = definePath({ fi: "/:city/desk/asiakas", sv: "/:city/desk/kund", en: "/:city/desk/help" });
export const STOP_HELPING = definePath({
  fi: "/:city/desk/asiakas/lopeta",
  sv: "/:city/desk/kund/avsluta",
  en: "/:city/desk/help/end",
});
export const GUARDIANS = definePath({
  fi: "/:city/desk/huoltajat",
  sv: "/:city/desk/vardnadshavare",
  en: "/:city/desk/guardians",
});
export const END_GUARDIAN = definePath({
  fi: "/:city/desk/huoltajat/:id/lopeta",
  sv: "/:city/desk/vardnadshavare/:id/avsluta",
  en: "/:city/desk/guardians/:id/end",
});
