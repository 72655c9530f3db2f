/** Routes of changing one's address. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { invalid } from "#core/errors.ts";
import { textOf } from "#core/http/forms.ts";
import { addPrivateForm } from "#core/http/private-pages.ts";
import { SECRET_PATTERN } from "#core/secrets.ts";
import { parseMailAddress } from "../people/mail-address.ts";
import { browserOf, markBrowser } from "../sessions/cookies.ts";
import { networkOf } from "../sign-in/limits.ts";
import type { SignInServices } from "../sign-in/web.ts";
import { addressToConfirm, confirmAddress, sendConfirmation } from "./contact-mail.ts";
import { askMailPage, confirmMailPage } from "./mail-pages.tsx";
import { CONFIRM_MAIL, CONTACT_MAIL, PROFILE } from "./paths.ts";
import { mayConfirmMail } from "./policy.ts";
import { t } from "./texts.ts";

export function addContactMail(app: FastifyInstance, services: SignInServices): void {
  const { signIn, origin } = services;
  addPrivateForm(app, services, {
    path: CONTACT_MAIL,
    params: Type.Object({}),
    permission: () => mayConfirmMail,
    fields: ["mail"],
    load: async () => ({}),
    view: askMailPage,
    async act(_db, values, { actor, language, http, now }) {
      const address = parseMailAddress(textOf(values, "mail"));
      if (!address) throw invalid("no mail address", [{ field: "mail", message: t(language, "mailWrong") }]);
      const browser = markBrowser(http.request, http.reply);
      const network = networkOf(http.request.ip);
      await sendConfirmation({ ...signIn, origin }, actor, { address, browser, network, language }, now);
      return `${PROFILE.href(language)}?done=linkSent`;
    },
  });
  addPrivateForm(app, services, {
    path: CONFIRM_MAIL,
    params: Type.Object({ token: Type.String({ pattern: SECRET_PATTERN }) }),
    permission: () => mayConfirmMail,
    fields: [],
    load: async (_db, { actor, params, http, now }) => ({
      address: await addressToConfirm(signIn, actor, params.token, browserOf(http.request), now),
    }),
    view: (data, _form, ask) => confirmMailPage(data, ask),
    async act(_db, _values, { actor, params, language, http, now, url }) {
      const isConfirmed = await confirmAddress(signIn, actor, params.token, browserOf(http.request), now);
      return isConfirmed ? `${PROFILE.href(language)}?done=mailConfirmed` : url;
    },
  });
}
