/** What the pages for people say of files, commands, tables and functions is there. */
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import PACKAGE from "../package.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const FILES = globSync("{src,test,bin,bench,docs,data}/**/*.*", { cwd: ROOT });
const NAMES = new Set([...FILES, ...globSync("*", { cwd: ROOT })].map((path) => basename(path)));

/** A record that was replaced tells of its time, and CHANGELOG.md of all times. */
const PAGES = globSync("{*.md,{docs,src,test,bench}/**/*.md}", { cwd: ROOT })
  .filter((path) => !["CHANGELOG.md", "THIRD-PARTY-LICENCES.md"].includes(path))
  .map((path) => ({ path, text: read(path) }))
  .filter(({ text }) => !/^_Replaced by /m.test(text));

/** Made by the recipe, or by whoever runs the service. */
const NOT_HERE = /^src\/modules\/notices\/|^(?:\/|settings\/|DATA_DIR\/)/;

function isThere(page: string, file: string): boolean {
  if (!file.includes("/")) return NAMES.has(file);
  return ["", dirname(page), "src", "src/modules"].some((folder) => existsSync(join(ROOT, folder, file)));
}

/** Of a page, without its blocks of code. */
const quotedIn = (text: string): string[] =>
  [...text.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, quoted = ""]) => quoted);

describe("the pages for people", () => {
  for (const { path, text } of PAGES) {
    it(`name files and commands that are there: ${path}`, () => {
      const files = quotedIn(text).filter((one) => /^[\w./-]+\.(?:tsx?|mjs|sql|md|json|yaml)$/.test(one));
      const scripts = [...text.matchAll(/\bnode bin\/run\.mjs (?:--test )?([\w./-]+)/g)].map(([, file = ""]) => file);
      const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to = ""]) => to);
      const missing = [
        ...[...files, ...scripts].filter((file) => !NOT_HERE.test(file) && !isThere(path, file)),
        ...links.filter((to) => !existsSync(join(ROOT, dirname(path), to))),
      ];
      const commands = [...text.matchAll(/npm run ([\w-]+)/g)].map(([, name = ""]) => name);
      assert.deepEqual([...missing, ...commands.filter((name) => !(name in PACKAGE.scripts))], []);
    });
  }
});

describe("the README of a module", () => {
  const modules = globSync("src/modules/*/migrations", { cwd: ROOT }).map(dirname);
  const made = (folder: string, pattern: RegExp): string[] =>
    globSync(`${folder}/migrations/*.sql`, { cwd: ROOT }).flatMap((path) =>
      [...read(path).matchAll(pattern)].map(([, name = ""]) => name),
    );

  for (const folder of modules) {
    it(`names its tables, and what looks past the policies with the owner's rights: ${folder}`, () => {
      const functions = /^create (?:or replace )?function (\w+)\((?:(?!^create )[\s\S])*?security definer/gm;
      const names = [...made(folder, /^create table (\w+)/gm), ...made(folder, functions)];
      const quoted = new Set(quotedIn(read(`${folder}/README.md`)));
      assert.ok(names.length > 0);
      assert.deepEqual(
        names.filter((name) => !quoted.has(name)),
        [],
      );
    });
  }
});
