/** What the database is asked, for tests of what an answer costs and of what it gives away. */
import { mock } from "node:test";
import { PreparingClient } from "#core/preparing-client.ts";

/**
 * Texts of the statements that the work took on the database at that address, in their order, and the work's own result. Without
 * the question for the page's version, which is asked every second, whoever comes.
 */
export async function statementsOf<Result>(
  databaseUrl: string,
  work: () => Promise<Result>,
): Promise<{ statements: string[]; result: Result }> {
  const database = new URL(databaseUrl).pathname.slice(1);
  const asked = mock.method(PreparingClient.prototype, "query");
  try {
    const result = await work();
    const here = asked.mock.calls.filter((call) => (call.this as { database?: string }).database === database);
    const texts = here.map(({ arguments: [first] }) => textOf(first));
    return { statements: texts.filter((text) => !text.includes("change_horizon")), result };
  } finally {
    asked.mock.restore();
  }
}

const textOf = (asked: unknown): string => (typeof asked === "string" ? asked : (asked as { text: string }).text);
