/** npm run codegen: writes src/core/db-types.ts from a freshly migrated database. With a path, writes there instead. */
import { fileURLToPath } from "node:url";
import { writeTypes } from "../test/db-types.ts";
import { testDatabase } from "../test/database.ts";

const file = process.argv[2] ?? fileURLToPath(new URL("../src/core/db-types.ts", import.meta.url));
const database = await testDatabase();
try {
  await writeTypes(database.ownerUrl, file);
  console.log(`Wrote ${file}`);
} finally {
  await database.drop();
}
