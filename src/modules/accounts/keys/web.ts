/** Routes of API keys. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { requirePerson } from "#core/actor.ts";
import type { Language } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { type Db, withPerson } from "#core/db.ts";
import { invalid } from "#core/errors.ts";
import { choicesOf, type FormValues, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import { addPrivateForm, addPrivatePage, type PrivateRequest, type PrivateServices } from "#core/http/private-pages.ts";
import { endKey, keyOwnerOf, selectOwnKey } from "./end-key.ts";
import { endKeyPage } from "./end-key-page.tsx";
import { type KeyMistakes, MOST_KEYS, readWantedKey, type WantedKey } from "./key.ts";
import { type KeysData, keysPage } from "./keys-page.tsx";
import { makeKey } from "./make-key.ts";
import { madeKeyPage, newKeyPage } from "./new-key-page.tsx";
import { END_KEY, KEYS, NEW_KEY } from "./paths.ts";
import { mayManageKeys, maySeeKeys } from "./policy.ts";
import { selectKeys } from "./queries.ts";
import { t } from "./texts.ts";

/** Of one owner; more than anybody has that still hold. */
const SHOWN = 200;

export function addKeys(app: FastifyInstance, services: PrivateServices): void {
  addPrivatePage(app, services, {
    path: KEYS,
    params: Type.Object({}),
    permission: () => maySeeKeys,
    load: loadKeys,
    view: keysPage,
  });
  addPrivateForm(app, services, {
    path: NEW_KEY,
    params: Type.Object({}),
    permission: () => mayManageKeys,
    fields: ["name", "scopes", "lastDay"],
    load: async (_db, { now }) => ({ year: exampleYear(now) }),
    view: newKeyPage,
    act: (db, values, ask) => sendNewKey(db, values, ask as PrivateRequest),
  });
  addPrivateForm(app, services, {
    path: END_KEY,
    params: Type.Object({ id: Type.String({ format: "uuid" }) }),
    permission: () => mayManageKeys,
    fields: [],
    async load(db, { actor, params }) {
      return { key: await withPerson(db, requirePerson(actor), (tx) => selectOwnKey(tx, actor, params.id)) };
    },
    view: (data, _form, ask) => endKeyPage(data, ask),
    async act(db, _values, { actor, params, language, now }) {
      await withPerson(db, requirePerson(actor), (tx) => endKey(tx, actor, params.id, language, now));
      return KEYS.href(language, {}, { done: "keyEnded" });
    },
  });
}

const exampleYear = (now: PrivateRequest["now"]): string => String(dayInFinland(now).year + 1);

async function loadKeys(db: Db, { actor, now }: Pick<PrivateRequest, "actor" | "now">): Promise<KeysData> {
  const owner = keyOwnerOf(actor);
  return withPerson(db, owner.person, async (tx) => ({
    own: await selectKeys(tx, { ...owner, organisation: null }, now, SHOWN),
    ofOrganisation: owner.organisation === null ? null : await selectKeys(tx, owner, now, SHOWN),
  }));
}

async function sendNewKey(db: Db, values: FormValues, ask: PrivateRequest): Promise<PageContent> {
  const { actor, language, now } = ask;
  const wanted = wantedKey(values, language, now);
  const made = await withPerson(db, requirePerson(actor), (tx) => makeKey(tx, actor, wanted, language, now));
  if (!made) {
    const message = t(language, "keysTooMany", { most: MOST_KEYS });
    throw invalid("as many keys as one may have", [{ field: "name", message }]);
  }
  return madeKeyPage(made, ask);
}

/** Errors: Invalid, with every field that is wrong. */
function wantedKey(values: FormValues, language: Language, now: PrivateRequest["now"]): WantedKey {
  const typed = {
    name: textOf(values, "name"),
    scopes: choicesOf(values, "scopes"),
    lastDay: textOf(values, "lastDay"),
  };
  const wanted = readWantedKey(typed, dayInFinland(now));
  if (!("mistakes" in wanted)) return wanted;
  const mistakes = Object.entries(wanted.mistakes as Required<KeyMistakes>);
  throw invalid(
    "a key that can't be made",
    mistakes.map(([field, why]) => ({ field, message: t(language, why, { year: exampleYear(now) }) })),
  );
}
