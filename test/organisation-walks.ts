/** What walks through organisations share: one that is founded and ended, mistakes that are mended, what pages say. */
import assert from "node:assert/strict";
import { type Done, doneAt } from "#modules/accounts/organisations/form-page.tsx";
import * as paths from "#modules/accounts/organisations/paths.ts";
import { t, type TextKey } from "#modules/accounts/organisations/texts.ts";
import { says, type Walker } from "./demo-walk.ts";

/** Presses a button that does something: leads to that page, which confirms in words what was done. */
export async function act(walker: Walker, button: TextKey, page: string, done: Done): Promise<void> {
  await walker.press(t(walker.language, button), doneAt(page, done));
  await says(walker, t(walker.language, `done_${done}`));
}

/** Presses a button of a form that is refused: the summary of mistakes has the focus, and leads to the field that it tells of. */
export async function refused(walker: Walker, button: TextKey, field: string, mistake: string): Promise<void> {
  const { page, language } = walker;
  await walker.press(t(language, button), new RegExp(RegExp.escape(new URL(page.url()).pathname)));
  const link = page.locator(`.errors:focus a[href="#${field}"]`, { hasText: mistake });
  await link.waitFor();
  await walker.follow(link, new RegExp(`#${field}$`));
  assert.equal(await page.locator(":focus").getAttribute("id"), field);
}

/** The same, and writes in that field, in place of what is in it. */
export async function mend(
  walker: Walker,
  button: TextKey,
  field: string,
  mistake: string,
  text: string,
): Promise<void> {
  await refused(walker, button, field, mistake);
  await walker.page.keyboard.press("Control+A");
  await walker.page.keyboard.type(text);
}

/** Presses the button that adds an organisation; its id. */
export async function add(walker: Walker): Promise<string> {
  const { language, page } = walker;
  const mine = RegExp.escape(paths.MY_ORGANISATIONS.href(language));
  await walker.press(t(language, "create"), new RegExp(`${mine}/[0-9a-f-]{36}\\?done=created$`));
  await says(walker, t(language, "done_created"));
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Makes an informal group, of which nothing but its name is told; its id. */
export async function foundGroup(walker: Walker, name: string): Promise<string> {
  const { language } = walker;
  await walker.open(paths.NEW_ORGANISATION.href(language));
  await walker.pick("kind", "group");
  await walker.press(t(language, "newNext"), paths.NEW_ORGANISATION_DETAILS.href(language, {}, { kind: "group" }));
  await walker.write("#name", name);
  return add(walker);
}

/** Ends an organisation that they own. */
export async function endGroup(walker: Walker, id: string): Promise<void> {
  const { language } = walker;
  await walker.open(paths.END_ORGANISATION.href(language, { id }));
  await walker.tick("#sure");
  await act(walker, "end", paths.MY_ORGANISATIONS.href(language), "ended");
}
