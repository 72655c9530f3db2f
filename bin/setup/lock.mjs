/** One process at a time, by a file that names the holder. A holder that died, however it died, holds nothing. */
import { openSync, closeSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Longer than any installation; after it a number may belong to another program. */
const LONGEST_MS = 30 * 60_000;

/**
 * @param {string} file
 * @param {string} waiting what to tell while somebody else holds the lock
 * @param {() => Promise<void>} work
 */
export async function withLock(file, waiting, work) {
  for (let told = false; !take(file); told = true) {
    if (!told) console.log(`${waiting}; waiting for it …`);
    await sleep(300);
  }
  const giveBack = () => rmSync(file, { force: true });
  process.once("exit", giveBack);
  try {
    await work();
  } finally {
    giveBack();
    process.removeListener("exit", giveBack);
  }
}

function take(file) {
  if (isAbandoned(file)) rmSync(file, { force: true });
  try {
    const handle = openSync(file, "wx");
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function isAbandoned(file) {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    const holder = Number(readFileSync(file, "utf8"));
    // The number is written right after the file is made.
    return age > LONGEST_MS || (holder > 0 ? !isAlive(holder) : age > 2000);
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
