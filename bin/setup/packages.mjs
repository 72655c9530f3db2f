/**
 * Installs the npm packages that the lock file names, when they are missing or others. Runs on any Node from 20 up and
 * needs no package: it is what brings them. What got installed is compared with what was asked for, since an npm on an old
 * Node may choose older majors without a word.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";
import { SetupError, step } from "./progress.mjs";
import { runTool } from "./tool.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** The runtime of the project, whatever Node the machine has. */
export const NODE = join(ROOT, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");

/** What node_modules takes, with room for unpacking. */
const NEEDED_MEGABYTES = 700;

const MARK = join(ROOT, "node_modules/.avoin-installed");

/** Throws SetupError with what to do. */
export async function ensurePackages() {
  if (isInstalled()) return;
  mkdirSync(join(ROOT, ".data"), { recursive: true });
  await withLock(join(ROOT, ".data/install.lock"), "Another start is installing packages", async () => {
    if (isInstalled()) return;
    if (!isComplete()) await step("Installing packages (npm ci)", install);
    const wrong = differences();
    if (wrong.length > 0) throw new SetupError(differentText(wrong));
    writeFileSync(MARK, fingerprint());
  });
}

/** The mark holds the lock file's hash: times of files say nothing after a clone. */
function isInstalled() {
  return existsSync(MARK) && readFileSync(MARK, "utf8") === fingerprint() && existsSync(NODE);
}

function fingerprint() {
  const hash = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
  return `${hash} ${process.platform}-${process.arch}`;
}

/** True when somebody ran `npm ci` by hand: npm writes its own list last, so a list that agrees means a whole installation. */
function isComplete() {
  const list = join(ROOT, "node_modules/.package-lock.json");
  if (!existsSync(list)) return false;
  const installed = readJson(list).packages;
  const wanted = Object.entries(readJson(join(ROOT, "package-lock.json")).packages).filter(([path]) => path !== "");
  return (
    wanted.every(([path, entry]) => entry.optional || installed[path]?.version === entry.version) &&
    differences().length === 0
  );
}

/** Direct dependencies whose installed version is another than the exact one in package.json, and the runtime itself. */
function differences() {
  const { dependencies, devDependencies } = readJson(join(ROOT, "package.json"));
  const wrong = Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, wanted]) => {
    const file = join(ROOT, "node_modules", name, "package.json");
    const found = existsSync(file) ? readJson(file).version : "nothing";
    return found === wanted ? [] : [`${name}: ${wanted} is wanted, ${found} is there`];
  });
  const { stdout } = spawnSync(NODE, ["--version"], { encoding: "utf8" });
  const version = stdout?.trim() || "nothing that runs";
  if (version !== `v${dependencies.node}`) wrong.push(`runtime: v${dependencies.node} is wanted, ${version} is there`);
  return wrong;
}

function differentText(wrong) {
  return [
    "The installed packages are not those that package.json names:",
    ...wrong.slice(0, 10).map((line) => `  ${line}`),
    "Check that install scripts are allowed (npm config get ignore-scripts), delete node_modules and start again.",
  ].join("\n");
}

/** Warnings are left out: npm on an old Node warns of engines although the project brings its own. Errors are shown. */
async function install() {
  const [program, first] = npm();
  const flags = ["ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  const { code, output } = await runTool(program, [...first, ...flags], { cwd: ROOT }).catch((error) => {
    throw error.code === "ENOENT" ? new SetupError("npm was not found. Install Node 20 or newer with npm.") : error;
  });
  if (code !== 0)
    throw new SetupError(`npm ci failed. Its last words:\n\n${lastLines(output, 12)}\n\n${adviceFor(output)}`);
}

/** The npm that runs this script, else the one on the PATH. Other package managers do not read our lock file. */
function npm() {
  const running = process.env["npm_execpath"] ?? "";
  return basename(running) === "npm-cli.js" ? [process.execPath, [running]] : ["npm", []];
}

/** Looks at the disk itself: npm's messages on a full disk are about anything but that. */
function adviceFor(errors) {
  const { bavail, bsize } = statfsSync(ROOT);
  const freeMegabytes = Math.round((bavail * bsize) / 1e6);
  if (freeMegabytes < NEEDED_MEGABYTES) {
    return `The disk is full: the packages need ${NEEDED_MEGABYTES} MB, ${freeMegabytes} MB are free.`;
  }
  const advice = [
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i,
      "The package registry cannot be reached: check the network and `npm config get registry`, then start again.",
    ],
    [
      /EACCES|EPERM|EROFS/,
      `Nothing can be written to ${join(ROOT, "node_modules")}: start as the user who owns the checkout.`,
    ],
    [
      /EUSAGE|in sync/,
      "package.json and package-lock.json disagree: restore them with `git checkout package.json package-lock.json`.",
    ],
    [/EINTEGRITY/, "A package is not what the lock file says: run `npm cache clean --force` and start again."],
  ];
  return advice.find(([pattern]) => pattern.test(errors))?.[1] ?? "Mend what it says, then start again.";
}

/** Without the stack traces of npm itself. */
function lastLines(text, count) {
  const lines = text
    .trim()
    .split("\n")
    .filter((line) => !/^npm error\s+at /.test(line));
  return lines.slice(-count).join("\n");
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
