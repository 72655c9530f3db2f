/** Follows the recipe of CONTRIBUTING.md as somebody would who copies it: files that it gives whole, and lines of files that are there. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

interface Step {
  /** From the root. */
  file: string;
  /** "diff": lines to change; anything else: the whole file. */
  language: string;
  text: string;
}

/** A paragraph names the files of the blocks after it; names without a folder are in that of the first. */
export function stepsOf(page: string): Step[] {
  const parts = page.matchAll(/^```(\w+)\n([\s\S]*?)^```$|^(.+(?:\n.+)*)/gm);
  const steps: Step[] = [];
  let files: string[] = [];
  for (const [, language, text = "", paragraph = ""] of parts) {
    if (language === undefined) files = filesIn(paragraph);
    else steps.push({ file: files.shift() ?? "", language, text });
  }
  return steps;
}

function filesIn(paragraph: string): string[] {
  const names = [...paragraph.matchAll(/`([\w./-]+\.(?:sql|tsx?|json))`/g)].map(([, name = ""]) => name);
  return names.map((name) => (name.includes("/") ? name : join(dirname(names[0] ?? ""), name)));
}

/** Errors: a block without a file; lines that are not there to be changed, or more than once. */
export async function follow(steps: readonly Step[], root: string): Promise<void> {
  for (const { file, language, text } of steps) {
    if (file === "") throw new Error(`No file is named before this block:\n${text}`);
    const path = join(root, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, language === "diff" ? changed(file, await readFile(path, "utf8"), text) : text);
  }
}

/** "…" stands for lines that stay as they are. */
export function changed(file: string, source: string, diff: string): string {
  return diff.split("…\n").reduce((now, hunk) => {
    const [before, after] = [linesOf(hunk, "-"), linesOf(hunk, "+")];
    if (now.split(before).length !== 2) throw new Error(`${file} does not have these lines once:\n${before}`);
    return now.replace(before, () => after);
  }, source);
}

/** Lines with the sign, and those that stay. */
const linesOf = (hunk: string, sign: "-" | "+"): string =>
  [...hunk.matchAll(/^([-+ ])(.*\n)/gm)]
    .map(([, first, line]) => (first === sign || first === " " ? line : ""))
    .join("");
