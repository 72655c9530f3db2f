/** The only list of modules. Its order is the dependency order: a module may call only those before it. */
import { CORE_MIGRATIONS, type MigrationFolder } from "#core/migrate.ts";

export const MODULE_NAMES = ["accounts", "decisions", "search", "opendata", "portal"] as const;

/** Folders of .sql files, core first. */
export const MIGRATIONS: readonly MigrationFolder[] = [
  CORE_MIGRATIONS,
  ...(["accounts", "decisions", "search"] as const).map((name) => ({
    name,
    folder: new URL(`./modules/${name}/migrations/`, import.meta.url),
  })),
];
