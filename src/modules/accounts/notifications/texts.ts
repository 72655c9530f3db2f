/** The words of notifications. */
import { messages } from "#core/i18n.ts";
import en from "./en.json" with { type: "json" };
import fi from "./fi.json" with { type: "json" };
import sv from "./sv.json" with { type: "json" };

export const t = messages<typeof fi>({ fi, sv, en });
export type TextKey = keyof typeof fi;
