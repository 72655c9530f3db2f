/** Address of the page for reusers. */
import { definePath } from "#core/http/paths.ts";

export const OPEN_DATA = definePath({ fi: "/avoin-data", sv: "/oppna-data", en: "/open-data" });
