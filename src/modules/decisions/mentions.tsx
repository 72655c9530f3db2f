/** Record numbers inside a text, as links to their matters. */
import type { CityCode, Language } from "#core/cities.ts";
import { RecordNumber } from "#ui/inline.tsx";
import type { Enrich } from "#ui/reading.tsx";
import { MATTER } from "./paths.ts";
import type { MentionedMatter } from "./queries.ts";

/** Turns each mention of a known matter into a link; everything else stays as it is. */
export function linkNumbers(
  { city, mentioned }: { city: CityCode; mentioned: readonly MentionedMatter[] },
  lang: Language,
): Enrich {
  if (mentioned.length === 0) return (text) => text;
  const byText = new Map(mentioned.map((matter) => [matter.mentionedAs, matter]));
  // Longest first, so that a number which begins like a shorter one is not cut.
  const spellings = [...byText.keys()].sort((a, b) => b.length - a.length).map(escape);
  const pattern = new RegExp(`(${spellings.join("|")})`, "gu");
  return (text) =>
    text.split(pattern).map((piece) => {
      const matter = byText.get(piece);
      return matter ? <RecordNumber written={piece} href={MATTER.href(lang, { city, slug: matter.slug })} /> : piece;
    });
}

const escape = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
