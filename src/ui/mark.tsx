/** The marks of the service and of its cities: the open ring of six arcs, and a crest of two letters. */
import { CITIES, CITY_CODES, type CityCode, type Language } from "#core/cities.ts";

/** The first two letters of the city's name in the reader's language: He, Es, Va; in Swedish Turku is Åb. One letter would not tell Turku from Tampere. */
export const cityLetters = (city: CityCode, lang: Language): string => CITIES[city].names[lang].name.slice(0, 2);

/** Decoration beside the city's name, which must stand in the text. */
export function Crest({ city, lang }: { city: CityCode; lang: Language }) {
  return (
    <span class="crest" data-c={city} aria-hidden="true">
      {cityLetters(city, lang)}
    </span>
  );
}

/** The small ring of the brand. */
export function Ring() {
  return (
    <svg class="ring" viewBox="0 0 28 28" aria-hidden="true">
      <circle
        cx="14"
        cy="14"
        r="10.5"
        pathLength="360"
        stroke-width="5"
        stroke-dasharray="42 9 42 9 42 9 42 9 42 9 42 63"
        transform="rotate(-58 14 14)"
      />
    </svg>
  );
}

const CENTRE = 160;
const RADIUS = 128;
/** Each arc takes 42 degrees, the gap between two takes 9; the ring starts at 32 degrees from the top, so that it is open there. */
const ARC = { from: 32, length: 42, step: 51 };

function point(degrees: number): [x: number, y: number] {
  const angle = (degrees * Math.PI) / 180;
  return [CENTRE + RADIUS * Math.sin(angle), CENTRE - RADIUS * Math.cos(angle)];
}

/** The path of the nth city's arc, as an SVG path of one circle segment in a box of 320 by 320. */
export function arcPath(n: number): string {
  const start = ARC.from + n * ARC.step;
  const [from, to] = [point(start), point(start + ARC.length)].map((xy) => xy.map((v) => v.toFixed(1)).join(" "));
  return `M${from}A${RADIUS} ${RADIUS} 0 0 1 ${to}`;
}

/** The large ring with the cities' letters: only on the joint front page. */
export function BigRing({ lang }: { lang: Language }) {
  return (
    <svg class="big-ring" viewBox="0 0 320 320" aria-hidden="true" focusable="false">
      {CITY_CODES.map((city, n) => {
        const [x, y] = point(ARC.from + n * ARC.step + ARC.length / 2);
        return (
          <g data-c={city}>
            <path d={arcPath(n)} />
            <text x={x.toFixed(1)} y={(y + 6).toFixed(1)}>
              {cityLetters(city, lang)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** The wave that ends the hero of Helsinki's front page, and nothing else. Its shape is hds-core's "basic" koro. */
export function Koro() {
  return (
    <div class="koro" aria-hidden="true">
      <svg width="100%" height="30" focusable="false">
        <defs>
          <pattern id="koro" width="106" height="30" patternUnits="userSpaceOnUse">
            <path
              transform="scale(5.3) scale(1 -1) translate(0 -2.7)"
              d="M0,800h20V0c-4.9,0-5,2.6-9.9,2.6S5,0,0,0V800z"
              fill="currentColor"
            />
          </pattern>
        </defs>
        <rect fill="url(#koro)" width="100%" height="30" />
      </svg>
    </div>
  );
}
