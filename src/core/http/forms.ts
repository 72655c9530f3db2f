/** What a form sends, and what of it is shown again. */
import Type, { type TObject } from "typebox";
import type { FieldError } from "../errors.ts";

/** Names of fields -> what was typed or chosen, as it came. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

/** A form as its page shows it. */
export interface Form {
  values: FormValues;
  mistakes: readonly FieldError[];
  /** What was typed before one had to sign in is here again, and has not been sent yet. */
  isResumed: boolean;
}

export const EMPTY_FORM: Form = { values: {}, mistakes: [], isResumed: false };

const CHARACTERS = 20_000;
const CHOICES = 200;

/** Takes these fields and drops all others. What is in them is the action's to judge, so that a page can say it in its language. */
export function formSchema(fields: readonly string[]): TObject {
  const text = Type.String({ maxLength: CHARACTERS });
  const value = Type.Optional(Type.Union([text, Type.Array(text, { maxItems: CHOICES })]));
  return Type.Object(Object.fromEntries(fields.map((name) => [name, value])));
}

/** The one value of a field, trimmed at its ends; "" when it was left out. Of several, the first. */
export function textOf(values: FormValues, name: string): string {
  const value = values[name] ?? "";
  return (typeof value === "string" ? value : (value[0] ?? "")).trim();
}

/** Everything chosen in a group of checkboxes. */
export function choicesOf(values: FormValues, name: string): readonly string[] {
  const value = values[name] ?? [];
  return typeof value === "string" ? [value] : value;
}

/** The values but those of some fields. */
export const without = (values: FormValues, names: readonly string[] = []): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

/** What to say of a field, if anything. */
export const mistakeOf = (form: Form, field: string): string | undefined =>
  form.mistakes.find((mistake) => mistake.field === field)?.message;
