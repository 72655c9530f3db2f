/** The programs outside npm that the tests use: a browser and the Finnish lexicon. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { SetupError, step } from "./progress.mjs";
import { runTool } from "./tool.mjs";

/** The browser without windows starts and draws in half the time; where there is only the whole one, the tests run in that. */
const HEADLESS = "chromium-headless-shell";
const PACKAGES = [HEADLESS, "libvoikko1", "voikko-fi"];
const LISTS = "/var/lib/apt/lists";

/** Installs them on Debian as root; elsewhere says in one line what to install. */
export async function ensureSystemPackages() {
  const missing = existsSync("/usr/bin/dpkg-query") ? missingPackages() : missingPrograms();
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    const wanted = missing.filter((name) => name !== HEADLESS || !hasChromium());
    if (wanted.length > 0) console.log(`Some tests need more than is installed here. Install: ${wanted.join(" ")}`);
    return;
  }
  await step(`Installing ${missing.join(", ")} (apt-get)`, () => install(missing));
}

function missingPackages() {
  const { stdout } = spawnSync("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\n", ...PACKAGES], {
    encoding: "utf8",
  });
  return PACKAGES.filter((name) => !stdout.split("\n").includes(`${name} installed`));
}

/** Where there are no Debian packages, the browser is all that can be looked for by name. */
function missingPrograms() {
  return hasChromium() ? [] : ["chromium", "libvoikko (with its Finnish dictionary)"];
}

const hasChromium = () => spawnSync("chromium", ["--version"]).status === 0;

/** The package lists of a fresh machine are empty, those of an old one name versions that are gone: then they are fetched first. */
async function install(names) {
  const flags = ["-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"];
  const hasLists =
    existsSync(LISTS) && readdirSync(LISTS).some((file) => file.endsWith("_Packages") || file.endsWith(".lz4"));
  if (hasLists && (await aptGet(["install", ...flags, ...names])).code === 0) return;
  await aptGet(["update", "-qq"]);
  const { code, output } = await aptGet(["install", ...flags, ...names]);
  if (code !== 0)
    throw new SetupError(
      `apt-get could not install ${names.join(" ")}:\n${output.trim().split("\n").slice(-10).join("\n")}`,
    );
}

function aptGet(args) {
  return runTool("apt-get", args, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
}
