/** What the demo's people bring with them: a company, an association, a mandate and a child, so that acting for others can be tried at once, and what they are told of it. */
import type { Temporal } from "temporal-polyfill";
import type { Actor } from "#core/actor.ts";
import { dayInFinland } from "#core/clock.ts";
import { type Db, withPerson } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import type { Sealer } from "#core/seal.ts";
import { GUARDIAN_MATTERS, lastDayAsChild, MATTERS } from "../mandates/mandate.ts";
import { tellBoth } from "../mandates/notices.ts";
import { becomePersonOfCode } from "../mandates/people-by-code.ts";
import { insertMandate, type NewMandate, selectMandates, selectSides } from "../mandates/queries.ts";
import { parseBusinessId } from "../organisations/business-id.ts";
import { createOrganisation } from "../organisations/create.ts";
import type { OrganisationKind, Profile } from "../organisations/organisation.ts";
import { selectOptionalByBusinessId } from "../organisations/queries.ts";
import { parseNationalId } from "../people/national-id.ts";
import { DEMO_PEOPLE, type DemoPerson } from "./people.ts";

/** Business IDs of a range that nobody has been given. */
const ORGANISATIONS: readonly (Pick<Profile, "name" | "interests"> & {
  owner: string;
  kind: OrganisationKind;
  businessId: string;
  about: string;
})[] = [
  {
    owner: "daria",
    kind: "company",
    businessId: "9000001-1",
    name: "Melnyk Palvelumuotoilu Oy",
    interests: ["digital", "immigrants"],
    about: "Suunnittelemme palveluja yhdessä niiden käyttäjien kanssa.",
  },
  {
    owner: "borje",
    kind: "association",
    businessId: "9000003-8",
    name: "Åbo svenska byalag rf",
    interests: ["culture", "seniors"],
    about: "Kokoamme kaupunginosan asukkaat yhteen.",
  },
];

/** Makes what is not there yet. What somebody has ended in the demo stays ended. */
export async function loadDemoAccounts(db: Db, sealer: Sealer, now: Temporal.Instant): Promise<void> {
  const ids = new Map<string, string>();
  for (const person of DEMO_PEOPLE.filter(({ kind }) => kind === "resident"))
    ids.set(person.id, await makePerson(db, sealer, person, now));
  const idOf = (name: string): string => ids.get(name) ?? "";
  for (const organisation of ORGANISATIONS) await makeOrganisation(db, idOf(organisation.owner), organisation, now);

  const today = dayInFinland(now);
  const given = { kind: "given", vouchedBy: "giver", matters: MATTERS, validUntil: today.add({ years: 2 }) } as const;
  await makeMandate(db, { ...given, giver: idOf("elma"), taker: idOf("aino"), offeredTo: "Aino" }, now);
  const child = parseNationalId(DEMO_PEOPLE.find(({ id }) => id === "eeli")?.nationalId ?? "");
  if (!child) throw new Error("the demo's child has no national identity code");
  const guardian = { kind: "guardian", vouchedBy: "desk", matters: GUARDIAN_MATTERS } as const;
  const untilGrown = { validUntil: lastDayAsChild(child.born), giver: idOf("eeli"), taker: idOf("hanne") };
  await makeMandate(db, { ...guardian, ...untilGrown, offeredTo: "Hanne" }, now);
}

const makePerson = (
  db: Db,
  sealer: Sealer,
  { given, family, nationalId = "" }: DemoPerson,
  now: Temporal.Instant,
): Promise<string> =>
  withPerson(db, newId(now), (tx) => {
    const code = parseNationalId(nationalId)?.code ?? null;
    return becomePersonOfCode(tx, sealer, { given, family, code, language: "fi" }, now);
  });

async function makeOrganisation(
  db: Db,
  person: string,
  { kind, name, interests, about, businessId: written }: (typeof ORGANISATIONS)[number],
  now: Temporal.Instant,
): Promise<void> {
  const businessId = parseBusinessId(written) ?? null;
  if (businessId === null || (await selectOptionalByBusinessId(db, businessId))) return;
  const actor: Actor = { kind: "resident", person, assurance: "strong" };
  const presentation = { original: "fi", texts: { fi: about } } as const;
  const profile: Profile = { name, interests, presentation, contactMail: null, website: null, languages: ["fi", "sv"] };
  await withPerson(db, person, (tx) =>
    createOrganisation(tx, actor, { kind, businessId, profile, found: { kind: "none" } }, now),
  );
}

type Wanted = Pick<NewMandate, "kind" | "vouchedBy" | "giver" | "offeredTo" | "matters" | "validUntil"> & {
  taker: string;
};

async function makeMandate(db: Db, wanted: Wanted, now: Temporal.Instant): Promise<void> {
  await withPerson(db, wanted.giver, async (tx) => {
    const before = await selectMandates(tx);
    if (before.some(({ taker }) => taker === wanted.taker)) return;
    const unused = { offeredMail: null, language: "fi", link: null } as const;
    const id = newId(now);
    await insertMandate(tx, { ...wanted, ...unused, id, validFrom: dayInFinland(now) }, now);
    const step = wanted.kind === "guardian" ? "guardian" : "taken";
    await tellBoth(tx, "joint", step, await selectSides(tx, id), now);
  });
}
