/**
 * Lets Node run the project's TypeScript and JSX as it stands: `node --import ./bin/setup/typescript.mjs FILE.ts`. Each file goes through
 * esbuild when it is first needed, and is kept in node_modules/.cache until it changes, so that a process starts in little more than half the time.
 * Why not by a package: docs/decisions/0012-typescript-by-a-hook.md.
 */
import { createHash } from "node:crypto";
import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire, enableCompileCache, registerHooks, setSourceMapsSupport } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CACHE = join(ROOT, "node_modules/.cache/avoin");
const require = createRequire(import.meta.url);

/** As tsconfig.json has it, which a container does not have. */
const OPTIONS = {
  format: "esm",
  target: "esnext",
  supported: { "import-attributes": true },
  jsx: "automatic",
  jsxImportSource: "preact",
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  sourcemap: "inline",
  sourcesContent: false,
};
/** What the result depends on beside the file. */
const SALT = JSON.stringify([OPTIONS, require("esbuild/package.json").version]);

const isKept = prepareCache();
// Of our own files only: those of packages, with their sources, would take a twentieth of the service's heap.
setSourceMapsSupport(true, { nodeModules: false });
if (isKept) enableCompileCache(join(CACHE, "compiled"));

registerHooks({
  load(url, context, next) {
    const { protocol, pathname } = new URL(url);
    if (protocol !== "file:" || !/\.tsx?$/.test(pathname) || pathname.includes("/node_modules/"))
      return next(url, context);
    return { format: "module", source: toJavaScript(fileURLToPath(url)), shortCircuit: true };
  },
});

/** A file that is kept ends with the hash of what it was made from. Throws esbuild's error, with the place in the file. */
function toJavaScript(file) {
  const source = readFileSync(file, "utf8");
  const seal = `\n//${createHash("sha256").update(SALT).update(source).digest("hex")}`;
  const kept = join(CACHE, `${createHash("sha256").update(file).digest("hex")}.js`);
  const found = read(kept);
  if (found?.endsWith(seal)) return found;
  const { code } = require("esbuild").transformSync(source, {
    ...OPTIONS,
    loader: file.endsWith("x") ? "tsx" : "ts",
    sourcefile: file,
  });
  if (isKept) write(kept, code + seal);
  return code;
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Several processes may do it at once: each writes a file of its own, and the last one stays. */
function write(file, text) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/** False where the checkout may not be written, as in a container: then every start goes through esbuild. */
function prepareCache() {
  try {
    mkdirSync(CACHE, { recursive: true });
    accessSync(CACHE, constants.W_OK);
    return true;
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS"].includes(error.code)) return false;
    throw error;
  }
}
