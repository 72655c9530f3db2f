/** The door of the module: search over what the other modules know. */
export { addSearchApi } from "./api.ts";
export { CITY_SEARCH, JOINT_SEARCH } from "./paths.ts";
export { SEARCH_RIGHTS } from "./policy.ts";
export { openSearch, type Search } from "./service.ts";
export { addSearchPages } from "./web.ts";
