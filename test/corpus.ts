/** Any number of Ahjo decisions made from the 110 real ones: own identity and record number each, the real paragraphs dealt anew. */
import { readFile } from "node:fs/promises";

const FILE = new URL("../data/demo/decisions/helsinki/ahjo-decisions.json", import.meta.url);

interface Record110 {
  Content: string;
  [field: string]: unknown;
}

/** JSON of one decision after another; the same for the same number. */
export async function* corpus(count: number): AsyncGenerator<Buffer> {
  const { decisions } = JSON.parse(await readFile(FILE, "utf8")) as { decisions: Record110[] };
  const paragraphs = decisions.flatMap(({ Content }) => Content.match(/<p>[^<]{80,}<\/p>/g) ?? []);
  for (let n = 0; n < count; n++) {
    const model = decisions[n % decisions.length];
    if (!model) throw new Error("the sample file holds no decisions");
    let m = n;
    // A small generator (MINSTD), so that every run deals the same cards.
    const next = () => (m = ((m + 1) * 48_271) % 2_147_483_647);
    const Content = model.Content.replaceAll(/<p>[^<]{80,}<\/p>/g, () => paragraphs[next() % paragraphs.length] ?? "");
    const number = `HEL ${2000 + (n % 24)}-${String(n).padStart(6, "0")}`;
    yield Buffer.from(
      JSON.stringify({
        ...model,
        Content: Content.replaceAll(/HEL \d{4}-\d{6}/g, number),
        NativeId: `bench-${n}`,
        CaseIDLabel: model["CaseIDLabel"] && number,
      }),
    );
  }
}
