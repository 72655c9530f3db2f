/** The door of the module: search over decisions. */
export { CITY_SEARCH, JOINT_SEARCH } from "./paths.ts";
export { addSearchPages } from "./web.ts";
