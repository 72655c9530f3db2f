/** The door of the module: front pages, pages about the service, and the frame around every page. */
export { errorPages, renderWithin } from "./frame.tsx";
export { PORTAL_RIGHTS } from "./policy.ts";
export { addPortalPages } from "./web.ts";
