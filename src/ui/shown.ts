/** Types that several components share. Titles and labels come with their soft hyphens (core/language); official text comes plain. */
import type { ComponentChildren, VNode } from "preact";
import type { Language } from "#core/cities.ts";

/** Something that is really there to be seen: no null, no false, so a missing value can't slip through as an empty place. */
export type Shown = string | VNode | readonly (string | VNode)[];
export type { ComponentChildren as Children };

/** A link of a menu or a list. `current` says whether it is this very page or the part of the service one is in. */
export interface NavLink {
  href: string;
  label: string;
  /** The label's own language when it isn't the page's. */
  labelLang?: Language | undefined;
  current?: "page" | "section" | undefined;
}

/** Values for `aria-current` from a link's place. */
export const ariaCurrent = (current: NavLink["current"]) => (current === "section" ? "true" : current);

/** Joins the class names that apply. */
export const classes = (...names: (string | false | undefined)[]): string => names.filter(Boolean).join(" ");
