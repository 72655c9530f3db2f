/** What has just been done, in words. */
import type { Language } from "#core/cities.ts";
import { type NoticeKind, Notification } from "#ui/notices.tsx";
import { t } from "./texts.ts";

/** What an address may say was done, and whether anything changed by it. */
const KINDS = {
  roleGiven: "success",
  roleHeld: "info",
  roleChanged: "success",
  roleSame: "info",
  roleEnded: "success",
  roleGone: "info",
  invited: "success",
  invitationWaits: "info",
  withdrawn: "success",
  invitationGone: "info",
} as const satisfies Record<string, NoticeKind>;
export type DoneKey = keyof typeof KINDS;

const isDone = (key: string | undefined): key is DoneKey => key !== undefined && Object.hasOwn(KINDS, key);

export function Done({ lang, done }: { lang: Language; done: string | undefined }) {
  if (!isDone(done)) return null;
  return <Notification id="done" kind={KINDS[done]} title={t(lang, `done_${done}`)} />;
}
