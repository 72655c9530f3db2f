/** The page that is measured. */
export const REF = "HEL-2015-004216-29";
export const PATH = `/fi/helsinki/paatokset/${REF}`;
