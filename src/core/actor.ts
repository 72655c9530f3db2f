/**
 * Who acts. Every action takes an Actor and asks on its first line whether it may; what no rule allows is refused.
 * Rules are plain values (Permission), so that the same rule can be listed, tested and shown.
 */
import type { CityCode } from "./cities.ts";
import { forbidden } from "./errors.ts";

export type StaffRole = "registrar" | "administrator";

export type Actor =
  | { kind: "anonymous" }
  | { kind: "staff"; name: string; roles: readonly { city: CityCode; role: StaffRole }[] }
  /** The installation itself: jobs, command-line tools. `name` says which. */
  | { kind: "system"; name: string };

export const ANONYMOUS: Actor = { kind: "anonymous" };
export const system = (name: string): Actor => ({ kind: "system", name });

/** A rule of a module's policy.ts: its name for tables of rights, and whether this actor may. */
export interface Permission {
  name: string;
  allows(actor: Actor): boolean;
}

/** Throws Forbidden unless the rule allows. The first line of every action. */
export function authorise(actor: Actor, permission: Permission): void {
  if (!permission.allows(actor)) throw forbidden(`${describeActor(actor)} may not ${permission.name}`);
}

/** Anybody may: what is public by law, the pages and the open data. Said aloud, so that it is never an omission. */
export const everybody = (name: string): Permission => ({ name, allows: () => true });

/** Staff with one of these roles in the city, and the system itself. */
export const staffOf = (name: string, city: CityCode, roles: readonly StaffRole[]): Permission => ({
  name,
  allows: (actor) =>
    actor.kind === "system" ||
    (actor.kind === "staff" && actor.roles.some((held) => held.city === city && roles.includes(held.role))),
});

/** The system only: loading, indexing, migrating. */
export const systemOnly = (name: string): Permission => ({ name, allows: (actor) => actor.kind === "system" });

/** For logs and the audit trail's role column: no names of persons. */
export const describeActor = (actor: Actor): string => (actor.kind === "system" ? `system:${actor.name}` : actor.kind);
