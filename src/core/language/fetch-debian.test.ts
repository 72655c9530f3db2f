import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { Temporal } from "temporal-polyfill";
import { fetchVoikko, type Log } from "./fetch-debian.ts";
import { openVoikko, unpackedFiles } from "./locate.ts";

const run = promisify(execFile);
const NOW = Temporal.Instant.from("2026-11-28T08:00:00Z");
const FAILED = "voikko-not-fetched.json";
const hasApt = await run("apt-get", ["--version"]).then(
  () => true,
  () => false,
);

describe("Voikko from Debian's packages", { skip: hasApt ? false : "no apt-get here" }, () => {
  let folder: string;
  /** apt-get with an archive of our own, on a machine that has nothing installed. */
  let aptOptions: string[];
  const dataDir = (name: string) => join(folder, name);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "voikko-fetch-"));
    aptOptions = await makeArchive(folder);
  });
  after(() => rm(folder, { recursive: true }));

  test("it is downloaded, unpacked and works, each step told, and nothing is left over", async () => {
    const lines: string[] = [];
    const fetched = await fetch(dataDir("fresh"), (line) => lines.push(line));
    assert.deepEqual(fetched, { ok: true, from: join(dataDir("fresh"), "voikko") });
    assert.match(lines.join("\n"), /lists of our own.*downloading libvoikko1=1.*unpacking voikko-fi.*ready in/s);
    assert.deepEqual(await readdir(dataDir("fresh")), ["voikko"]);
    assertWorks(dataDir("fresh"));
  });

  test("what is there already is not fetched again", async () => {
    await fetch(dataDir("again"));
    const lines: string[] = [];
    assert.ok((await fetch(dataDir("again"), (line) => lines.push(line))).ok);
    assert.deepEqual(lines, []);
  });

  test("two at once end with one copy that works", async () => {
    const both = await Promise.all([fetch(dataDir("twice")), fetch(dataDir("twice"))]);
    assert.ok(both.every(({ ok }) => ok));
    assert.deepEqual(await readdir(dataDir("twice")), ["voikko"]);
    assertWorks(dataDir("twice"));
  });

  test("a copy that does not work is replaced, and what a killed run left is swept away", async () => {
    const stale = join(dataDir("broken"), "voikko-work-killed");
    await mkdir(stale, { recursive: true });
    await utimes(stale, 0, 0);
    await mkdir(join(dataDir("broken"), "voikko", "usr"), { recursive: true });
    assert.ok((await fetch(dataDir("broken"))).ok);
    assert.deepEqual(await readdir(dataDir("broken")), ["voikko"]);
    assertWorks(dataDir("broken"));
  });

  test("an archive without Voikko, or out of reach, is a reason and not an error", async () => {
    const elsewhere = join(folder, "elsewhere.list");
    await writeFile(elsewhere, "deb [trusted=yes] http://127.0.0.1:9/debian ./\n");
    const fetched = await fetch(dataDir("offline"), () => undefined, [`-o=Dir::Etc::SourceList=${elsewhere}`]);
    assert.ok(!fetched.ok);
    assert.match(fetched.reason, /^apt-get: E: /);
    assert.deepEqual(await readdir(dataDir("offline")), [FAILED]);
  });

  test("after it failed it is not tried again for a day, and whoever asks is told why not", async () => {
    const elsewhere = [`-o=Dir::Etc::SourceList=${join(folder, "nowhere.list")}`];
    const failed = await fetch(dataDir("later"), () => undefined, elsewhere);
    const lines: string[] = [];
    const inTheEvening = NOW.add({ hours: 23 });
    // The archive can be reached by now: nobody looks.
    assert.deepEqual(await fetch(dataDir("later"), (line) => lines.push(line), [], inTheEvening), failed);
    assert.deepEqual(lines, []);
    assert.ok(!failed.ok);
    assert.match(failed.reason, /^apt-get: E: .*tried at 2026-11-28T08:00:00Z, next a day later.*later\/voikko-not-f/);
    assert.ok((await fetch(dataDir("later"), () => undefined, [], NOW.add({ hours: 24 }))).ok);
    assert.deepEqual(await readdir(dataDir("later")), ["voikko"]);
  });

  test("who removes what was remembered has it tried at the next start, and what cannot be read counts for nothing", async () => {
    const fetchAt = (name: string) => fetch(dataDir(name), () => undefined, [`-o=Dir::Etc::SourceList=/nowhere`]);
    for (const undo of [(file: string) => rm(file), (file: string) => writeFile(file, "{")]) {
      await fetchAt("undone");
      await undo(join(dataDir("undone"), FAILED));
      assert.ok((await fetch(dataDir("undone"))).ok);
      await rm(dataDir("undone"), { recursive: true });
    }
  });

  test("it gives up when it takes too long", async () => {
    const fetched = await fetchVoikko(dataDir("slow"), NOW, () => undefined, {
      ignoreInstalled: true,
      aptOptions,
      timeLimitMs: 1,
    });
    assert.ok(!fetched.ok);
    assert.match(fetched.reason, /^it took too long/);
    assert.deepEqual(await readdir(dataDir("slow")), [FAILED]);
  });

  function fetch(dataDir: string, log: Log = () => undefined, more: readonly string[] = [], now = NOW) {
    return fetchVoikko(dataDir, now, log, { ignoreInstalled: true, aptOptions: [...aptOptions, ...more] });
  }
});

function assertWorks(dataDir: string) {
  const opened = openVoikko(dataDir, { ignoreInstalled: true });
  assert.ok(opened.found);
  assert.ok(opened.from.startsWith(dataDir));
  assert.deepEqual(opened.voikko.lemmas("määrärahasta"), ["määräraha"]);
  opened.voikko.close();
}

/** A package archive on disk, with the machine's own Voikko in it; returns apt's options to use it and nothing else. */
async function makeArchive(folder: string): Promise<string[]> {
  const installed = unpackedFiles("/");
  assert.ok(installed?.dictionary, "libvoikko1 and voikko-fi are installed");
  const archive = join(folder, "archive");
  const [list, parts, status] = [join(folder, "sources.list"), join(folder, "parts"), join(folder, "status")];
  await mkdir(archive);
  await mkdir(parts);
  const entries = [
    await makePackage(archive, "libvoikko1", installed.library),
    await makePackage(archive, "voikko-fi", installed.dictionary),
  ];
  await writeFile(join(archive, "Packages"), entries.join("\n\n"));
  await writeFile(list, `deb [trusted=yes] file:${archive} ./\n`);
  await writeFile(status, "");
  return [`-o=Dir::Etc::SourceList=${list}`, `-o=Dir::Etc::SourceParts=${parts}`, `-o=Dir::State::status=${status}`];
}

/** Packs a file or folder of this machine; returns its entry in the archive's index. */
async function makePackage(archive: string, name: string, content: string): Promise<string> {
  const root = join(archive, name);
  const target = join(root, relative("/", content));
  const control = `Package: ${name}\nVersion: 1\nArchitecture: all\nMaintainer: Tests <tests@example.org>\nDescription: ${name}`;
  await mkdir(join(root, "DEBIAN"), { recursive: true });
  await writeFile(join(root, "DEBIAN", "control"), `${control}\n`);
  await mkdir(dirname(target), { recursive: true });
  await cp(content, target, { recursive: true, dereference: true });
  const file = join(archive, `${name}.deb`);
  await run("dpkg-deb", ["--build", "-Zgzip", "-z1", root, file]);
  const bytes = await readFile(file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return `${control}\nFilename: ./${name}.deb\nSize: ${bytes.length}\nSHA256: ${sha256}`;
}
