/** Shapes of what comes in and goes out. */
import Type, { type Static } from "typebox";
import { CITY_CODES, LANGUAGES } from "#core/cities.ts";
import { SECTION_KINDS } from "./reading.ts";

const literals = <const T extends readonly string[]>(values: T) => Type.Enum([...values]);
const Nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);

export const City = Type.Enum([...CITY_CODES]);
export const CityParams = Type.Object({ city: City });
/** An underscore leads where the record number is of no known form (record-number.ts). */
export const Ref = Type.String({ pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]{0,159}$" });
export const DecisionParams = Type.Object({ city: City, ref: Ref });
export const MatterParams = Type.Object({ city: City, slug: Ref });

const Slug = Type.String({ pattern: "^[a-z0-9-]{1,120}$" });
const ClassCode = Type.String({ pattern: "^\\d{2}( \\d{2}){0,3}$" });
const Year = Type.String({ pattern: "^(19|20)\\d\\d$" });
const Place = Type.String({ pattern: "^\\d{4}-\\d\\d-\\d\\d_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" });
/** A value given once or several times: ?year=2016&year=2017. */
const Several = <T extends Type.TSchema>(type: T) =>
  Type.Optional(Type.Union([type, Type.Array(type, { maxItems: 30 })]));

/** Filters of a list, in the order in which addresses name them. */
export const ListQuery = Type.Object({
  city: Several(City),
  maker: Several(Slug),
  class: Several(ClassCode),
  year: Several(Year),
  after: Type.Optional(Place),
});
export type ListQuery = Static<typeof ListQuery>;
/** A city's list: the city stands in the path. */
export const CityListQuery = Type.Omit(ListQuery, ["city"]);
export const VersionQuery = Type.Object({ version: Type.Optional(Type.String({ pattern: "^[1-9]\\d{0,4}$" })) });

export const ApiListQuery = Type.Object({
  ...ListQuery.properties,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20, description: "Decisions in one answer" })),
});

const Money = Type.Object({
  cents: Type.Integer(),
  written: Type.String(),
  sentence: Type.String(),
  at: Type.Object({ section: Type.Integer(), block: Type.Integer() }),
});

const Block = Type.Object({
  kind: literals(["paragraph", "subheading", "table"]),
  text: Type.Optional(Type.String()),
  list: Type.Optional(Type.Object({ ordered: Type.Boolean(), items: Type.Array(Type.String()) })),
  head: Type.Optional(Type.Boolean()),
  rows: Type.Optional(Type.Array(Type.Array(Type.String()))),
});

const RecordNumberShape = Type.Object({ written: Type.String(), key: Type.String() });

/** One line of a list. */
export const DecisionSummary = Type.Object({
  id: Type.String({ format: "uuid" }),
  ref: Type.String({ description: "Readable part of the address" }),
  city: City,
  title: Type.String(),
  language: Type.Enum([...LANGUAGES]),
  stage: literals(["decided", "proposed"]),
  section: Nullable(Type.String()),
  day: Nullable(Type.String({ format: "date", description: "Day of the decision, when the document says so" })),
  decisionMaker: Nullable(Type.Object({ slug: Type.String(), name: Type.String() })),
  recordNumber: Nullable(Type.String()),
  excerpt: Type.String(),
  publishedAt: Type.String({ format: "date-time" }),
  links: Type.Object({ self: Type.String(), html: Type.String(), permanent: Type.String() }),
});

export const DecisionList = Type.Object({
  items: Type.Array(DecisionSummary),
  next: Nullable(Type.String({ description: "Address of the next page; null on the last one" })),
});

/** A whole decision, as read from its document. */
export const DecisionShape = Type.Object({
  id: Type.String({ format: "uuid" }),
  ref: Type.String(),
  city: City,
  version: Type.Integer(),
  newestVersion: Type.Integer(),
  title: Type.String(),
  language: Type.Enum([...LANGUAGES]),
  stage: literals(["decided", "proposed"]),
  section: Nullable(Type.String()),
  day: Nullable(Type.String({ format: "date" })),
  dates: Type.Array(Type.Object({ kind: Type.String(), day: Type.String({ format: "date" }) })),
  meeting: Nullable(Type.Object({ name: Type.String(), number: Nullable(Type.String()) })),
  decisionMaker: Nullable(Type.Object({ name: Type.String(), kind: literals(["body", "officeHolder"]) })),
  recordNumber: Nullable(RecordNumberShape),
  references: Type.Array(Type.String(), {
    description: "What the document puts under its title: other numbers, names and places by which the matter goes",
  }),
  classification: Nullable(Type.Object({ code: Type.String(), title: Nullable(Type.String()) })),
  sections: Type.Array(
    Type.Object({ kind: literals(SECTION_KINDS), heading: Type.String(), blocks: Type.Array(Block) }),
  ),
  attachments: Type.Array(
    Type.Object({
      title: Type.String(),
      number: Type.Optional(Type.String()),
      href: Type.Optional(Type.String()),
      withheld: Type.Optional(Type.String()),
    }),
  ),
  amounts: Type.Array(Money, { description: "Sums of money that the text mentions, in cents" }),
  breakdowns: Type.Array(Type.Object({ total: Type.Integer(), parts: Type.Array(Type.Integer()) }), {
    description: "Totals and the parts that add up to them, as places in `amounts`",
  }),
  mentions: Type.Array(RecordNumberShape),
  publishedAt: Type.String({ format: "date-time" }),
  firstPublishedAt: Type.String({ format: "date-time" }),
  original: Type.Object({
    href: Type.String(),
    mediaType: Type.String(),
    bytes: Type.Integer(),
    sha256: Type.String(),
  }),
  links: Type.Object({
    self: Type.String(),
    html: Type.String(),
    permanent: Type.String(),
    matter: Nullable(Type.String()),
  }),
});

export const MatterShape = Type.Object({
  id: Type.String({ format: "uuid" }),
  city: City,
  recordNumber: RecordNumberShape,
  title: Type.String(),
  classification: Nullable(Type.Object({ code: Type.String(), title: Nullable(Type.String()) })),
  decisions: Type.Array(DecisionSummary),
  mentionedBy: Type.Array(DecisionSummary),
  links: Type.Object({ self: Type.String(), html: Type.String(), permanent: Type.String() }),
});
