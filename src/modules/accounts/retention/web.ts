/** Routes of erasing oneself. */
import type { FastifyInstance } from "fastify";
import { Temporal } from "temporal-polyfill";
import Type from "typebox";
import { requirePerson } from "#core/actor.ts";
import { withPerson } from "#core/db.ts";
import { AppError, invalid, missing } from "#core/errors.ts";
import { type FormValues, textOf } from "#core/http/forms.ts";
import { addPrivateForm, addPrivatePage, type PrivateRequest } from "#core/http/private-pages.ts";
import type { PersonalData } from "#core/retention.ts";
import { SECRET_PATTERN } from "#core/secrets.ts";
import { requireSurelyKnown } from "../me/known.ts";
import { clearBrowserCookie, clearSessionCookie } from "../sessions/cookies.ts";
import { selectProviderOf } from "../sessions/queries.ts";
import type { SignInServices } from "../sign-in/web.ts";
import { type EraseTools, erasePerson, previewErasure } from "./erase.ts";
import { type ErasePage, erasePage } from "./erase-page.tsx";
import { ERASE, ERASED } from "./paths.ts";
import { mayEraseThemself, mayReadReceipt } from "./policy.ts";
import { selectOptionalErasure } from "./queries.ts";
import { RECEIPT_DAYS, receiptLines } from "./receipt.ts";
import { receiptPage } from "./receipt-page.tsx";
import { t } from "./texts.ts";

export function addErasing(app: FastifyInstance, services: SignInServices, register: PersonalData): void {
  const tools: EraseTools = { db: services.db, register, sealer: services.signIn.sealer };
  addPrivateForm(app, services, {
    path: ERASE,
    params: Type.Object({}),
    permission: () => mayEraseThemself,
    fields: ["confirm"],
    load: (_db, ask) => preview(tools, ask),
    view: erasePage,
    act: (_db, values, ask) => erase(tools, values, ask),
  });
  addPrivatePage(app, services, {
    path: ERASED,
    params: Type.Object({ receipt: Type.String({ pattern: SECRET_PATTERN }) }),
    query: Type.Object({ provider: Type.Optional(Type.String({ pattern: "^[a-z0-9-]{1,40}$" })) }),
    permission: () => mayReadReceipt,
    async load(db, { params, language, now }) {
      const since = now.subtract({ hours: RECEIPT_DAYS * 24 });
      const found = await selectOptionalErasure(db, params.receipt, since);
      if (!found) throw missing("a receipt of an erasure");
      return { askedAt: Temporal.Instant.from(found.askedAt), lines: receiptLines(language, found.parts, register) };
    },
    view: receiptPage,
  });
}

async function preview(tools: EraseTools, { actor, language, now }: PrivateRequest<object>): Promise<ErasePage> {
  const person = requirePerson(actor);
  await withPerson(tools.db, person, (tx) => requireSurelyKnown(tx, actor, person));
  const { hindrances, parts } = await previewErasure(tools, person, now);
  return { hindrances, lines: receiptLines(language, parts, tools.register) };
}

/** Answers with the receipt. Errors: Invalid with fields, Unauthenticated. */
async function erase(tools: EraseTools, values: FormValues, ask: PrivateRequest<object>): Promise<string> {
  const { actor, language, now, visitor, http } = ask;
  const person = requirePerson(actor);
  const word = t(language, "confirmWord");
  if (textOf(values, "confirm").toLowerCase() !== word)
    throw invalid("not confirmed", [{ field: "confirm", message: t(language, "confirmWrong", { word }) }]);
  const provider = await withPerson(tools.db, person, async (tx) => {
    await requireSurelyKnown(tx, actor, person);
    return visitor.session === null ? null : selectProviderOf(tx, person, visitor.session);
  });
  const receipt = await erasePerson(tools, actor, person, now).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.kind !== "conflict") throw error;
    throw invalid("hindered", [{ field: "hindrances", message: t(language, "hindered") }]);
  });
  clearSessionCookie(http.reply);
  clearBrowserCookie(http.reply);
  const isElsewhere = provider !== null && provider !== "mail";
  return ERASED.href(language, { receipt }, isElsewhere ? { provider } : {});
}
