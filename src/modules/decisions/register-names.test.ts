import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { classLabel, classTitle } from "./register-names.ts";

describe("a function class", () => {
  it("in capitals is shown as a sentence begins", () => {
    assert.equal(
      classLabel("02", "TALOUSASIAT, VEROTUS JA OMAISUUDEN HALLINTA"),
      "02 Talousasiat, verotus ja omaisuuden hallinta",
    );
    assert.equal(classTitle("YMPÄRISTÖASIAT"), "Ympäristöasiat");
  });
  it("keeps what is in capitals by itself", () => {
    assert.equal(classTitle("EU-ASIAT JA ICT-PALVELUT"), "EU-asiat ja ICT-palvelut");
  });
  it("stays as it is written otherwise", () => {
    assert.equal(classLabel("02 05 02", "Hankerahoitus"), "02 05 02 Hankerahoitus");
    assert.equal(classTitle("EU-hankkeet"), "EU-hankkeet");
    assert.equal(classLabel("10 03 01", null), "10 03 01");
    assert.equal(classLabel("11", ""), "11");
  });
});
