/** Mandates among the choices of as whom one acts. */
import type { ActingSource } from "../organisations/acting.ts";
import { mandateChoices } from "./act.ts";
import { mayActByMandate } from "./policy.ts";
import { t } from "./texts.ts";

/** Every mandate that is in force, through an organisation where it is given to one. */
export const mandateActing: ActingSource = async (tx, person, language, now) => {
  const choices = await mandateChoices(tx, person, now);
  return choices.map(({ id, giver, name, organisation }) => ({
    value: `mandate:${id}`,
    label:
      organisation === null
        ? t(language, "actingFor", { name })
        : t(language, "actingForThrough", { name, organisation: organisation.name }),
    acting: { organisation: organisation?.id ?? null, mandate: id },
    about: giver,
    permission: mayActByMandate,
  }));
};
