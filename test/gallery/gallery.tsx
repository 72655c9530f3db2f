/**
 * Every component in every state on one page, for designers to look at and for the browser tests to check. The components' own
 * words come in the reader's language; what they hold is sample content in Finnish.
 */
import { Wrap } from "#ui/layout.tsx";
import { CaseParts, FormParts, NoticeParts } from "./forms.tsx";
import { FactParts, Lists, ReadingParts } from "./lists.tsx";
import type { Part } from "./part.ts";
import { ResultParts } from "./results.tsx";

/** The content of the page; the caller puts it in a `Page` of any city and language. */
export const Gallery: Part = ({ lang }) => (
  <>
    <Wrap>
      <h1>Gallery</h1>
      <p class="lead">Every component of src/ui in every state.</p>
    </Wrap>
    {[Lists, FactParts, ReadingParts, ResultParts, FormParts, CaseParts, NoticeParts].map((GalleryPart) => (
      <GalleryPart lang={lang} />
    ))}
  </>
);
