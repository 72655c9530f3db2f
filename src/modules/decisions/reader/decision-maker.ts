import type { DecisionMaker, Section } from "../reading.ts";
import { tidyLine } from "./tidy.ts";

const BODY =
  /(?:valtuusto|hallitus|lautakunta|jaosto|johtokunta|toimikunta|neuvosto|neuvottelukunta|työryhmä|fullmäktige|styrelse|styrelsen|nämnd|nämnden|sektion|sektionen|direktion|direktionen|kommitté)$/u;
/** Verbs by which a decision-maker decides, past and present, with the decision-maker as their subject. */
const DECIDES =
  "päätti|päättää|päättänee|hyväksyi|hyväksyy|merkitsi|merkitsee|myönsi|myöntää|esitti|esittää|ehdotti|ehdottaa|antoi|antaa|totesi|toteaa|" +
  "valitsi|valitsee|vahvisti|vahvistaa|hylkäsi|hylkää|kehotti|kehottaa|oikeutti|oikeuttaa|muutti|muuttaa|jatkaa|jatkoi|tekee|teki|" +
  "nimesi|nimeää|asetti|asettaa|beslutade|beslöt|beslutar|godkände|godkänner|beviljade|beviljar|konstaterade|antecknade";
const SUBJECT = new RegExp(String.raw`^(\p{Lu}(?:[^.,;:()\d]|-,){3,150}?)\s+(?:${DECIDES})(?![\p{L}])`, "u");
/** "Kaupunginhallitus päätti …": does it say who decides, and that they do? */
export const isDecision = (text: string): boolean => SUBJECT.test(text);
const MOST_WORDS = 14;
const LONGEST_NAME = 200;

/** The name with its kind told by its last word; a body's running number ("jaosto 2") does not matter. */
export function decisionMakerNamed(name: string): DecisionMaker | null {
  const clean = tidyLine(name);
  if (clean === "" || clean.length > LONGEST_NAME) return null;
  const capital = (clean[0] ?? "").toUpperCase() + clean.slice(1);
  return { name: capital, kind: isBody(capital) ? "body" : "officeHolder" };
}

export const isBody = (name: string): boolean => BODY.test(name.toLowerCase().replace(/[\s\d]+$/u, ""));

/**
 * The decision-maker as the text of the decision names it: the subject of its first sentence, which stands in the
 * nominative ("Rakennus- ja ympäristötointa johtava apulaiskaupunginjohtaja päätti hyväksyä …"). Looks into the decision
 * first, then into what was proposed to be decided.
 */
export function decisionMakerInText(sections: readonly Section[]): DecisionMaker | null {
  const inOrder = (["decision", "proposal"] as const).flatMap((kind) =>
    sections.filter((section) => section.kind === kind),
  );
  for (const { blocks } of inOrder) {
    for (const block of blocks) {
      if (block.kind !== "paragraph") continue;
      const subject = SUBJECT.exec(block.text)?.[1];
      if (subject !== undefined && subject.split(" ").length <= MOST_WORDS && isSingular(subject))
        return decisionMakerNamed(subject);
    }
  }
  return null;
}

/** "Päätösesitys hyväksyttiin" has no decision-maker; nor has "Hakija esitti": only those who can decide count. */
const OFFICE =
  /(?:johtaja|päällikkö|rehtori|pormestari|insinööri|sihteeri|tarkastaja|asiamies|lakimies|esimies|esihenkilö|lääkäri|direktör|chef|borgmästare)$/u;
const isSingular = (subject: string): boolean => isBody(subject) || OFFICE.test(subject.toLowerCase());
