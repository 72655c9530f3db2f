/** Signing in: to an identity provider and back, and the session that begins then. */
import type { Temporal } from "temporal-polyfill";
import type { Actor } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { CityCode, Language } from "#core/cities.ts";
import { actFor, actForPerson, type Db, type Tx } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { inEachLanguage } from "#core/i18n.ts";
import { newId } from "#core/ids.ts";
import { wordsOf } from "#core/retention.ts";
import type { Sealer } from "#core/seal.ts";
import { newSecret } from "#core/secrets.ts";
import { PROFILE } from "../me/paths.ts";
import { SAFETY } from "../notifications/kinds.ts";
import { type Notification, notify } from "../notifications/notify.ts";
import { type MailAddress, mailKey } from "../people/mail-address.ts";
import { withBrowser } from "../parked.queries.ts";
import { type Acting, updateActing } from "../sessions/acting.queries.ts";
import { deleteSession, insertSession } from "../sessions/queries.ts";
import { LIFETIMES, type SessionKind } from "../sessions/session.ts";
import { keepDirectoryRoles } from "../staff/directory.ts";
import { takeStaffInvitations } from "../staff/invitations.ts";
import { t } from "../texts.ts";
import { readClaims, type Vouched } from "./claims.ts";
import { type RelyingParty, SignInRefused } from "./oidc.ts";
import type { Provider } from "./provider.ts";
import * as queries from "./queries.ts";

export interface SignInTools {
  db: Db;
  sealer: Sealer;
  party: RelyingParty;
  providers: readonly Provider[];
}

/** Who asks: their browser, what they say it is, and whom it was signed in as before. */
export interface Asker {
  browser: string;
  device: string;
  before: { session: string; person: string; kind: "mail" | "other" } | null;
}

/** The session that has begun: its secret goes into the cookie. */
export interface SignedIn {
  secret: string;
  seconds: number;
  returnTo: string;
}

const MINUTES_AT_PROVIDER = 15;

/** Answers with the address at the provider. Errors: Missing (no such provider), Unavailable. */
export async function startSignIn(
  { db, party, providers }: SignInTools,
  wanted: { provider: string; language: Language; returnTo: string; browser: string },
  now: Temporal.Instant,
): Promise<string> {
  const provider = providers.find(({ id }) => id === wanted.provider);
  if (!provider) throw missing(`identity provider ${wanted.provider}`);
  const { address, checks } = await party.begin(provider, wanted.language);
  const expiresAt = now.add({ minutes: MINUTES_AT_PROVIDER });
  await withBrowser(db, wanted.browser, (tx) => queries.insertSignIn(tx, { ...wanted, ...checks, expiresAt }));
  return address;
}

/** Back from the provider, at its own address. Errors: SignInRefused (nobody is signed in), Unavailable. */
export async function finishSignIn(
  tools: SignInTools,
  { provider: id, query }: { provider: string; query: string },
  asker: Asker,
  now: Temporal.Instant,
): Promise<SignedIn> {
  const { db, party, providers } = tools;
  const state = new URLSearchParams(query).get("state") ?? "";
  const pending = await withBrowser(db, asker.browser, (tx) => queries.takeSignIn(tx, state, now));
  const provider = providers.find((one) => one.id === id && one.id === pending?.provider);
  if (!pending || !provider) throw new SignInRefused("no sign-in of this browser waits for this answer", "unknown");
  try {
    const claims = await party.finish(provider, query, { state, ...pending }, now);
    return await beginSession(tools, readClaims(claims, provider), provider, { ...asker, ...pending }, now);
  } catch (error) {
    if (error instanceof SignInRefused) error.language = pending.language;
    throw error;
  }
}

type Returning = Asker & { language: Language; returnTo: string };

async function beginSession(
  { db, sealer }: SignInTools,
  vouched: Vouched,
  provider: Provider,
  asker: Returning,
  now: Temporal.Instant,
): Promise<SignedIn> {
  const fingerprints = fingerprintsOf(sealer, vouched, provider);
  return withBrowser(db, asker.browser, async (tx) => {
    await queries.lockIdentity(tx, fingerprints[0] ?? "");
    const known = await queries.selectOptionalPersonId(tx, provider.kind, fingerprints);
    const person = known ?? (await adopt(tx, asker, provider.kind)) ?? newId(now);
    await actForPerson(tx, person);
    const isAdopted = known === null && person === asker.before?.person;
    await keepPerson(tx, known === null && !isAdopted, person, vouched, asker.language, now);
    if (isAdopted) await notify(tx, [adoption(person)], now);
    const sealed = vouched.nationalId === null ? null : sealer.seal(vouched.nationalId, sealContext(person));
    await queries.replaceIdentity(tx, { kind: provider.kind, person, fingerprints, sealed }, now);
    if (provider.kind === "staff") await keepStaff(tx, provider.city, person, vouched, now);
    const actor: Actor =
      provider.kind === "staff"
        ? { kind: "staff", person, roles: vouched.roles }
        : { kind: "resident", person, assurance: "strong" };
    return openSession(tx, actor, asker, now, {
      kind: provider.kind,
      provider: provider.id,
      ...namesAtProvider(sealer, provider.id, vouched),
      staffCity: provider.kind === "staff" ? provider.city : null,
    });
  });
}

/** The provider's names for session and person, by which it tells of logouts: hashed, since some of them are identity codes. */
export function namesAtProvider(
  sealer: Sealer,
  provider: string,
  names: { providerSession: string | null; subject: string },
): Pick<SessionOrigin, "providerSession" | "providerSubject"> {
  const { providerSession: session, subject } = names;
  return {
    providerSession: session === null ? null : (providerNames(sealer, provider, session)[0] ?? null),
    providerSubject: providerNames(sealer, provider, subject)[0] ?? null,
  };
}

/** All forms in which a provider's name may be kept, also under older keys. */
export const providerNames = (sealer: Sealer, provider: string, name: string): string[] =>
  sealer.fingerprints(`${provider}\n${name}`, "provider");

/** What seals a code to its person's row. */
export const sealContext = (person: string): string => `person_identity ${person}`;

/** Residents are known by their code whichever provider tells it, staff by the directory's name for them. */
function fingerprintsOf(sealer: Sealer, { nationalId, subject }: Vouched, provider: Provider): string[] {
  return nationalId === null
    ? sealer.fingerprints(`${provider.issuer}\n${subject}`, "staff")
    : sealer.fingerprints(nationalId, "strong");
}

/** Who was signed in by mail and now identifies themself for the first time stays the same person. */
async function adopt(tx: Tx, { before }: Asker, kind: SessionKind): Promise<string | null> {
  if (kind !== "strong" || before?.kind !== "mail") return null;
  await actForPerson(tx, before.person);
  return (await queries.hasStrongIdentity(tx, before.person)) ? null : before.person;
}

/** Whoever reads the mailbox hears of it: on a shared computer it may have been somebody else who went on in their session. */
const adoption = (person: string): Notification => ({
  person,
  kind: SAFETY,
  title: wordsOf(t, "notice_adopted_title"),
  text: wordsOf(t, "notice_adopted_text"),
  path: inEachLanguage((language) => PROFILE.href(language)),
  names: [],
});

async function keepPerson(
  tx: Tx,
  isNew: boolean,
  id: string,
  { given, family }: Vouched,
  language: Language,
  now: Temporal.Instant,
): Promise<void> {
  if (isNew) await queries.insertPerson(tx, { id, given, family, mail: null, language }, now);
  else await queries.updateNames(tx, id, { given, family });
}

async function keepStaff(
  tx: Tx,
  city: CityCode,
  person: string,
  { roles, mail }: Vouched,
  now: Temporal.Instant,
): Promise<void> {
  if (mail !== null) await queries.updateMail(tx, person, mail);
  await actFor(tx, city);
  await keepDirectoryRoles(tx, city, person, roles, now);
  if (mail !== null) await takeStaffInvitations(tx, city, person, mail, now);
}

export interface SessionOrigin {
  kind: SessionKind;
  provider: string;
  providerSession: string | null;
  providerSubject: string | null;
  staffCity: CityCode | null;
}

/** Ends the browser's session. Answers with as whom it acted, when it was the same person's: who steps up goes on with that. */
async function endBefore(tx: Tx, before: NonNullable<Asker["before"]>, person: string): Promise<Acting | undefined> {
  await actForPerson(tx, before.person);
  const acting = await deleteSession(tx, before.person, before.session);
  await actForPerson(tx, person);
  return before.person === person ? acting : undefined;
}

/** A new session with a secret of its own; the one that the browser had is over. */
export async function openSession(
  tx: Tx,
  actor: Extract<Actor, { kind: "resident" | "staff" }>,
  asker: Returning,
  now: Temporal.Instant,
  origin: SessionOrigin,
): Promise<SignedIn> {
  const { person } = actor;
  const acting = asker.before ? await endBefore(tx, asker.before, person) : undefined;
  const { idle, whole } = LIFETIMES[origin.kind];
  const [id, secret] = [newId(now), newSecret()];
  const session = { id, secret, person, device: asker.device, idle, endsAt: now.add(whole), ...origin };
  await insertSession(tx, session, now);
  if (acting && origin.kind !== "staff") await updateActing(tx, person, id, acting);
  const act = { city: origin.staffCity ?? "joint", action: "signIn", subjectKind: "session", subjectId: id } as const;
  await recordAudit(tx, actor, { ...act, about: person }, now);
  return { secret, seconds: whole.total("seconds"), returnTo: asker.returnTo };
}

/** Somebody came by a mail link: the person who has confirmed that address, or a new one of whom nothing else is known. */
export async function beginMailSession(
  tx: Tx,
  sealer: Sealer,
  address: MailAddress,
  asker: Returning,
  now: Temporal.Instant,
): Promise<SignedIn> {
  const fingerprints = sealer.fingerprints(mailKey(address), "mail");
  await queries.lockIdentity(tx, fingerprints[0] ?? "");
  const known = await queries.selectOptionalPersonId(tx, "mail", fingerprints);
  const person = known ?? newId(now);
  await actForPerson(tx, person);
  if (known === null)
    await queries.insertPerson(tx, { id: person, given: "", family: "", mail: address, language: asker.language }, now);
  await queries.replaceIdentity(tx, { kind: "mail", person, fingerprints, sealed: null }, now);
  return openSession(tx, { kind: "resident", person, assurance: "mail" }, asker, now, {
    kind: "mail",
    provider: "mail",
    providerSession: null,
    providerSubject: null,
    staffCity: null,
  });
}
