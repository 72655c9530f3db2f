/** What the company register says of a business ID, and what that means for an entry here. */
import { AppError } from "#core/errors.ts";
import { cleanName } from "../people/name.ts";
import type { BusinessId } from "./business-id.ts";
import type { CompanyRegister, RegisteredCompany } from "./company-register.ts";
import type { Organisation } from "./organisation.ts";

/**
 * "none": nobody was asked. "away": the register does not answer. "unknown": it has no such company, as it has not of every
 * association and public body. "ended": whoever had the ID is no more. "found": it is real; who may act for it the register does not say.
 */
export type LookUp =
  | { kind: "none" | "away" | "unknown" | "ended" }
  | { kind: "found"; company: Pick<RegisteredCompany, "name" | "website"> };

/** `register`: null where none is set. A register that is away stops nobody: the entry stays unchecked. */
export async function lookUp(register: CompanyRegister | null, businessId: BusinessId | null): Promise<LookUp> {
  if (register === null || businessId === null) return { kind: "none" };
  try {
    const company = await register.findCompany(businessId);
    if (!company) return { kind: "unknown" };
    if (company.endedOn !== null) return { kind: "ended" };
    const name = cleanName(company.name);
    return name === undefined ? { kind: "unknown" } : { kind: "found", company: { ...company, name } };
  } catch (error) {
    if (error instanceof AppError && error.kind === "unavailable") return { kind: "away" };
    throw error;
  }
}

type Named = Pick<Organisation, "name" | "checkedBy">;

/** The name of an entry whose maker writes this one. What the register finds is real, and bears the register's name. */
export const firstName = (written: string, found: LookUp): Named =>
  nameAfter({ name: written, checkedBy: "nobody" }, written, found);

/**
 * The name that an entry bears when its owners write another, and who has looked at it then. A name that is the register's stays so;
 * what a city has looked at under one name it has not looked at under another.
 */
export function nameAfter({ name, checkedBy }: Named, written: string, found: LookUp): Named {
  if (found.kind === "found")
    return { name: found.company.name, checkedBy: checkedBy === "city" ? "city" : "register" };
  if (checkedBy === "register") return { name, checkedBy };
  return { name: written, checkedBy: written === name ? checkedBy : "nobody" };
}
