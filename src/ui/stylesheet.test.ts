import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { ASSETS, LINKS } from "./assets.ts";
import { dropUnreadProperties, keepClasses } from "./purge.ts";
import { HDS_CLASSES } from "./stylesheet.ts";

const SRC = fileURLToPath(new URL("..", import.meta.url));
const components = globSync("**/*.tsx", { cwd: SRC })
  .map((file) => readFileSync(`${SRC}/${file}`, "utf8"))
  .join("\n");
const stylesheet = ASSETS.find((asset) => asset.path === LINKS.stylesheet);
const css = stylesheet?.body.toString() ?? "";

describe("leaving out what no page uses", () => {
  const used = new Set(["a", "b"]);
  it("keeps a selector whose classes are all in use, and drops its neighbours", () => {
    assert.equal(keepClasses(".a,.c{x:1}.c .a{x:2}:root{x:3}", used), ".a{x:1}\n:root{x:3}");
  });
  it("looks into media queries, and drops one that has become empty", () => {
    assert.equal(keepClasses("@media print{.a{x:1}.c{x:2}}@media screen{.c{x:1}}", used), "@media print{.a{x:1}}");
  });
  it("is not misled by braces and semicolons in data addresses", () => {
    const icon = `.a{m:url("data:x;charset=utf-8,{}'");x:1}`;
    assert.equal(keepClasses(icon, used), icon);
    assert.equal(dropUnreadProperties(`${icon}.a{--z:1}`), icon);
  });
  it("drops custom properties that only unread ones read", () => {
    assert.equal(dropUnreadProperties(".a{--x:1;--y:var(--x);--z:2;w:var(--z)}"), ".a{--z:2;w:var(--z)}");
  });
  it("says so when a block is never closed", () => {
    assert.throws(() => keepClasses(".a{x:1", used), /not closed/);
  });
});

describe("the stylesheet", () => {
  it("loads nothing from elsewhere", () => {
    assert.doesNotMatch(css, /@import/);
    const addresses = [...css.matchAll(/url\(["']?([^"')]{0,12})/g)].map(([, address]) => address);
    for (const address of addresses) assert.match(address ?? "", /^(data:image|\/assets\/)/);
  });

  it("has every class of hds-core that the components use, and they use every class it has", () => {
    const wanted = new Set(
      [...components.matchAll(/hds-[a-z]+(?:-[a-z]+)*(?:(?:__|--)[a-z]+(?:-[a-z]+)*)*/g)].map(([name]) => name),
    );
    // Choices are put together from their kind: `hds-${kind}__input`.
    for (const kind of ["radio-button", "checkbox"]) {
      for (const part of ["", "__input", "__label"]) wanted.add(`hds-${kind}${part}`);
    }
    for (const kind of ["success", "alert", "error"]) wanted.add(`hds-notification--${kind}`);
    wanted.delete("hds-core");
    wanted.delete("hds-notification--");
    assert.deepEqual(
      [...wanted].filter((name) => !HDS_CLASSES.has(name)),
      [],
    );
    assert.deepEqual(
      [...HDS_CLASSES].filter((name) => !wanted.has(name)),
      [],
    );
  });

  it("has no class of ours that no component uses", () => {
    const ours = new Set([...css.matchAll(/\.(-?[a-z_][\w-]*)/g)].map(([, name]) => name ?? ""));
    // Put together in the code: state--open, thread__city, w-m.
    const isUsed = (name: string) =>
      components.includes(name) || components.includes(`${name.replace(/(--|__|-)[a-z]+$/, "$1")}\${`);
    const unused = [...ours].filter((name) => !name.startsWith("hds-") && name !== "woff2" && !isUsed(name));
    assert.deepEqual(unused, []);
  });

  it("leaves room for the page in the 60 kB of a first view", () => {
    assert.ok((stylesheet?.compressed?.br.length ?? Infinity) < 12_000);
    assert.ok((stylesheet?.compressed?.gzip.length ?? Infinity) < 13_000);
  });

  it("is named by its content, as every asset is", () => {
    for (const { path } of ASSETS) assert.match(path, /^\/assets\/[a-z-]+-[0-9a-f]{10}\.(css|woff2|svg)$/);
    assert.equal(new Set(ASSETS.map(({ path }) => path)).size, ASSETS.length);
  });
});
