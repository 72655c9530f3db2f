/** Addresses of signing in and of own pages. */
import { definePath } from "#core/http/paths.ts";

export const SIGN_IN = definePath({ fi: "/kirjaudu", sv: "/logga-in", en: "/sign-in" });
/** On the way to an identity provider. */
export const SIGN_IN_WITH = definePath({
  fi: "/kirjaudu/tunnistus/:provider",
  sv: "/logga-in/identifiering/:provider",
  en: "/sign-in/with/:provider",
});
export const MAIL_SENT = definePath({ fi: "/kirjaudu/lahetetty", sv: "/logga-in/skickat", en: "/sign-in/sent" });
export const MAIL_LINK = definePath({
  fi: "/kirjaudu/linkki/:token",
  sv: "/logga-in/lank/:token",
  en: "/sign-in/link/:token",
});
export const SIGN_IN_FAILED = definePath({
  fi: "/kirjaudu/ei-onnistunut",
  sv: "/logga-in/misslyckades",
  en: "/sign-in/failed",
});
export const SIGN_OUT = definePath({ fi: "/kirjaudu/ulos", sv: "/logga-in/ut", en: "/sign-in/out" });
export const SIGNED_OUT = definePath({
  fi: "/kirjaudu/ulkona",
  sv: "/logga-in/utloggad",
  en: "/sign-in/signed-out",
});

/** The same in every language: identity providers know them by heart. */
export const CALLBACK = "/sign-in/callback/:provider";
/** Each provider has an address of its own, so that one's answer can't be taken for another's (RFC 9700, section 4.4.2). */
export const callbackOf = (provider: string): string => CALLBACK.replace(":provider", provider);
export const BACK_CHANNEL = "/sign-in/backchannel";
export const FRONT_CHANNEL = "/sign-in/frontchannel";
export const PROVIDER_ENDED = "/sign-in/ended";

export const ME = definePath({ fi: "/me", sv: "/me", en: "/me" });
export const SESSIONS = definePath({ fi: "/me/istunnot", sv: "/me/sessioner", en: "/me/sessions" });
export const END_SESSION = definePath({
  fi: "/me/istunnot/:id/lopeta",
  sv: "/me/sessioner/:id/avsluta",
  en: "/me/sessions/:id/end",
});
