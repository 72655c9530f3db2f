/** The door of the module: front pages, pages about the service, and the frame around every page. */
export { errorPages, renderWithin } from "./frame.tsx";
export { addPortalPages } from "./web.ts";
