/** The mark in the browser's tab: the ring in the six cities' colours on a white disc, which reads on light and dark tabs alike. */
import { arcPath } from "./mark.tsx";

/** The light scheme's colours, in the cities' order: tokens.css has the same. */
const COLOURS = ["#0000bf", "#005c6b", "#7a2a6e", "#6e4a00", "#9c2415", "#00602f"];

export function favicon(): string {
  const arcs = COLOURS.map((colour, n) => `<path d="${arcPath(n)}" stroke="${colour}"/>`).join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320"><circle cx="160" cy="160" r="160" fill="#fff"/>` +
    `<g fill="none" stroke-width="52" transform="translate(160 160) scale(.94) translate(-160 -160)">${arcs}</g></svg>`
  );
}
