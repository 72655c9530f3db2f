import type { JSX } from "preact";
import type { Language } from "#core/cities.ts";

/** One section of the gallery. */
export type Part = (props: { lang: Language }) => JSX.Element;
