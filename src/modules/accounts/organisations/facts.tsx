/** What is known of an organisation, as its pages show it. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import type { Fact } from "#ui/facts.tsx";
import { Day } from "#ui/inline.tsx";
import type { Shown } from "#ui/shown.ts";
import { businessIdOf, type Organisation } from "./organisation.ts";
import { t, type TextKey } from "./texts.ts";

/** What it tells of itself and who has looked at it. What it left out is left out, but for what one would ask. */
export function factsOf(lang: Language, organisation: Organisation): Fact[] {
  const { kind, contactMail, website, languages, interests, endedAt } = organisation;
  const known = (key: TextKey, value: Shown | null): Fact[] =>
    value === null || value === "" ? [] : [{ kind: "known", label: t(lang, key), value }];
  return [
    ...known("kind", t(lang, `kind_${kind}`)),
    ...businessIdFact(lang, organisation),
    ...known("checked", checkedText(lang, organisation)),
    ...known("contactMail", contactMail && <a href={`mailto:${contactMail}`}>{contactMail}</a>),
    ...known("website", website && <WebsiteLink website={website} />),
    ...known("languages", languages.map((one) => t(lang, `language_${one}`)).join(", ")),
    ...known("interests", interests.map((one) => t(lang, `interest_${one}`)).join(", ")),
    ...known("endedOn", endedAt && <Day lang={lang} day={dayOf(endedAt)} plain />),
  ];
}

function businessIdFact(lang: Language, { kind, businessId }: Organisation): Fact[] {
  const label = t(lang, "businessId");
  if (businessId !== null) return [{ kind: "known", label, value: businessId }];
  return businessIdOf(kind) === "none" ? [] : [{ kind: "unknown", label, why: t(lang, "businessIdNone") }];
}

/** Says also what was not looked at: that an entry is real shows nothing of who acts for it. */
export const checkedText = (lang: Language, { checkedBy }: Pick<Organisation, "checkedBy">): string =>
  t(lang, `checked_${checkedBy}`);

/** Written by whoever runs the entry: nothing of ours vouches for where it leads. */
const WebsiteLink = ({ website }: { website: string }) => (
  <a href={website} rel="nofollow ugc noopener">
    {website.replace(/^https?:\/\//, "").replace(/\/$/, "")}
  </a>
);

export const dayOf = (date: Date) => dayInFinland(momentOf(date));
export const momentOf = (date: Date) => Temporal.Instant.from(date.toISOString());
