/** What the children that load documents load them with: without a dictionary, which would take longer to open than they live. */
import type { LoadTools } from "#modules/decisions/index.ts";

export const TOOLS: LoadTools = {
  lexicon: null,
  tokens: async (texts) => texts.map((text) => text.toLowerCase().split(/\s+/)),
};
