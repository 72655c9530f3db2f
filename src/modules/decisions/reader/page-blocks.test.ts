import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseMarkup } from "./markup.ts";
import { pageBlocks } from "./page-blocks.ts";

/** Whether a table of these rows, cells divided by "|", has a head. */
function hasHead(rows: string[], tag = "td"): boolean {
  const cells = (row: string) => row.split("|").map((cell) => `<${tag}>${cell.trim()}</${tag}>`);
  const source = `<table>${rows.map((row) => `<tr>${cells(row).join("")}</tr>`).join("")}</table>`;
  const [table] = pageBlocks(parseMarkup(source));
  assert.ok(table?.kind === "table");
  return table.head;
}

describe("the first row of a table", () => {
  it("is its head where it names what a column of figures or days is", () => {
    assert.ok(
      hasHead(["Toimipiste | Suljettu | Peruste", "ryhmäperhepäiväkoti Pikkulintu | 7.1.2022 | vähäinen määrä"]),
    );
    assert.ok(hasHead(["Nimi | Arvo euroa (alv 0 %)", "Mårten | 100 000 euroa", "Jouko | 50 000 euroa"]));
    assert.ok(
      hasHead(
        ["Ote", "Liitteet"].map((cell) => `${cell} | ${cell}`),
        "th",
      ),
    );
  });

  it("is a row like the others where nothing tells", () => {
    for (const rows of [
      ["Postiosoite: | PL", "Puhelinnumero: | 09 310 00000", "Postinumero: | 00099"],
      ["Helsinki | 100", "Espoo | 200", "Vantaa | 300"],
      ["Postiosoite | PL 10", "Postinumero | 00099", "Puhelin | 09 310"],
      ["Postiosoite | Kirjaamo", "Postinumero | 00099"],
      ["Esittelijä | Valmistelija | Kieli", "Maija | Matti | suomi"],
      ["Esittelijä | | Kieli", "Maija | 1 | 2"],
      ["Määrä | Arvo | Kieli", "1 | 2"],
    ])
      assert.ok(!hasHead(rows), rows.join(" / "));
  });
});
