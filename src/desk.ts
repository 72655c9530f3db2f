/** What all modules put on the desks of the cities: their rules for the table of rights, and the pages where staff works. */
import { ACCOUNT_DESK, ACCOUNT_RIGHTS, type DeskParts } from "#modules/accounts/index.ts";
import { DECISION_DESK, DECISION_RIGHTS } from "#modules/decisions/index.ts";
import { OPEN_DATA_RIGHTS } from "#modules/opendata/index.ts";
import { PORTAL_RIGHTS } from "#modules/portal/index.ts";
import { SEARCH_RIGHTS } from "#modules/search/index.ts";

export const DESK_PARTS: DeskParts = {
  rights: [...ACCOUNT_RIGHTS, DECISION_RIGHTS, SEARCH_RIGHTS, OPEN_DATA_RIGHTS, PORTAL_RIGHTS],
  entries: [...DECISION_DESK, ...ACCOUNT_DESK],
};
