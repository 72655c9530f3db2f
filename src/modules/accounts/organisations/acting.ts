/** As whom somebody acts in this session: for themself, or in another's name as far as that is theirs to choose. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, type Permission, requirePerson } from "#core/actor.ts";
import { type Act, recordAudit } from "#core/audit.ts";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { invalid } from "#core/errors.ts";
import { type Acting, NOBODY_ELSE, updateActing } from "../sessions/acting.queries.ts";
import { roleIn } from "./members.ts";
import { selectOwnMemberships } from "./members.queries.ts";
import { mayChooseActing } from "./policy.ts";
import { t } from "./texts.ts";

export interface ActingChoice {
  /** As the form sends it: "organisation:0198…". */
  value: string;
  label: string;
  acting: Acting;
  /** Whose matters they are, when not their own: the choice stands among what that person sees of who acted for them. */
  about?: string;
  /** What it needs besides that it is theirs. */
  permission?: Permission;
}

/** Gives the choices of one kind that the person of the transaction has now. */
export type ActingSource = (
  tx: Tx,
  person: string,
  language: Language,
  now: Temporal.Instant,
) => Promise<ActingChoice[]>;

export const ONESELF = "self";
const MOST_ORGANISATIONS = 200;

/** Every organisation that one is a member of. */
export const organisationChoices: ActingSource = async (tx, person, language) => {
  const memberships = await selectOwnMemberships(tx, person, MOST_ORGANISATIONS);
  return memberships.map(({ organisation, name, role }) => ({
    value: `organisation:${organisation}`,
    label: t(language, "actingIn", { name, role: roleIn(language, role) }),
    acting: { organisation, mandate: null },
  }));
};

/** Oneself first, then what each source gives. */
export async function listActing(
  tx: Tx,
  sources: readonly ActingSource[],
  { person, language }: { person: string; language: Language },
  now: Temporal.Instant,
): Promise<ActingChoice[]> {
  const oneself = { value: ONESELF, label: t(language, "actingSelf"), acting: NOBODY_ELSE };
  const choices: ActingChoice[] = [oneself];
  for (const source of sources) choices.push(...(await source(tx, person, language, now)));
  return choices;
}

/** The value of the choice that an actor has made; oneself where what they chose is no choice any more. */
export function chosenOf(actor: Actor, choices: readonly ActingChoice[]): string {
  const organisation = actor.kind === "member" ? actor.organisation : null;
  const mandate = "behalf" in actor ? (actor.behalf?.mandate ?? null) : null;
  const chosen = choices.find(({ acting }) => acting.organisation === organisation && acting.mandate === mandate);
  return chosen?.value ?? ONESELF;
}

export interface ChooseInput {
  session: string;
  value: string;
  sources: readonly ActingSource[];
  language: Language;
}

/** From the next request on. Errors: Invalid, for what is no choice of theirs (any more); what the choice's own rule says. */
export async function chooseActing(
  tx: Tx,
  actor: Actor,
  { session, value, sources, language }: ChooseInput,
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayChooseActing);
  const person = requirePerson(actor);
  const choices = await listActing(tx, sources, { person, language }, now);
  const choice = choices.find((one) => one.value === value);
  if (!choice) throw invalid("no choice of theirs", [{ field: "as", message: t(language, "actingWrong") }]);
  if (choice.permission) authorise(actor, choice.permission);
  await updateActing(tx, person, session, choice.acting);
  const act = {
    city: "joint",
    action: "act",
    ...subjectOf(choice.acting, session),
    about: choice.about ?? person,
  } as const;
  await recordAudit(tx, actor, act, now);
}

/** The last of those that are chosen; the session itself when one goes back to oneself. */
function subjectOf({ organisation, mandate }: Acting, session: string): Pick<Act, "subjectKind" | "subjectId"> {
  if (mandate !== null) return { subjectKind: "mandate", subjectId: mandate };
  if (organisation !== null) return { subjectKind: "organisation", subjectId: organisation };
  return { subjectKind: "session", subjectId: session };
}
