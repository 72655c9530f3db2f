/** The only list of modules. Its order is the dependency order: a module may call only those before it. */
import { CORE_MIGRATIONS, type MigrationFolder } from "#core/migrate.ts";

export const MODULE_NAMES = ["decisions", "search", "opendata", "portal"] as const;

/** Folders of .sql files, core first. */
export const MIGRATIONS: readonly MigrationFolder[] = [
  CORE_MIGRATIONS,
  ...(["decisions", "search"] as const).map((name) => ({
    name,
    folder: new URL(`./modules/${name}/migrations/`, import.meta.url),
  })),
];
