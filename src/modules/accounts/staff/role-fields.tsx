/** The fields by which a role is chosen, wherever one is given. */
import { STAFF_ROLES } from "#core/actor.ts";
import type { Language } from "#core/cities.ts";
import type { FieldError } from "#core/errors.ts";
import { type Form, type FormValues, mistakeOf, textOf } from "#core/http/forms.ts";
import { Select, TextInput } from "#ui/fields.tsx";
import { LONGEST_SCOPE, readRole, type Role } from "./staff.ts";
import { t } from "./texts.ts";
import { roleWord } from "./words.ts";

export const ROLE_FIELDS = ["role", "scope"] as const;

/** `now`: the role that is changed. What was typed goes before it. */
export function RoleFields({ lang, form, now }: { lang: Language; form: Form; now?: Role }) {
  const isTyped = "role" in form.values;
  return (
    <>
      <Select
        lang={lang}
        name="role"
        label={t(lang, "role")}
        hint={t(lang, "roleHint")}
        options={[
          { value: "", label: t(lang, "roleChoose") },
          ...STAFF_ROLES.map((role) => ({ value: role, label: roleWord(lang, role) })),
        ]}
        value={isTyped ? textOf(form.values, "role") : (now?.role ?? "")}
        error={mistakeOf(form, "role")}
        width="m"
      />
      <TextInput
        lang={lang}
        name="scope"
        label={t(lang, "scope")}
        hint={t(lang, "scopeHint")}
        value={isTyped ? textOf(form.values, "scope") : (now?.scope ?? "")}
        error={mistakeOf(form, "scope")}
        width="m"
        isOptional
      />
    </>
  );
}

/** The role that was chosen, or what to do about each mistake. */
export function roleOf(lang: Language, values: FormValues): { role: Role } | { mistakes: FieldError[] } {
  const read = readRole(textOf(values, "role"), textOf(values, "scope"));
  if ("role" in read) return read;
  return {
    mistakes: read.mistakes.map(({ field, why }) => ({ field, message: t(lang, why, { most: LONGEST_SCOPE }) })),
  };
}
