/** Who may use what the server itself answers: everybody. */
import { everybody, type Permission } from "../actor.ts";

export const mayReadPublicPages: Permission = everybody("read public pages");
export const mayReadHealth: Permission = everybody("read health");
export const mayLoadAssets: Permission = everybody("load assets");

export const SERVER_PERMISSIONS: readonly Permission[] = [mayReadPublicPages, mayReadHealth, mayLoadAssets];
