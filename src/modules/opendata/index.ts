/** The door of the module: open data. */
export { addChangesApi } from "./api.ts";
export { OPEN_DATA } from "./paths.ts";
export { OPEN_DATA_RIGHTS } from "./policy.ts";
export { addOpenDataPage } from "./web.ts";
