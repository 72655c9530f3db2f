/** Form fields on hds-core's classes: label, hint, error and value tied together for every kind of reader. */
import type { Language } from "#core/cities.ts";
import { classes, type Children, type Shown } from "./shown.ts";
import { t } from "./texts.ts";

/** What every field has. Its id is its name, so an error summary can link to it. */
export interface Field {
  lang: Language;
  name: string;
  label: Shown;
  hint?: Shown | undefined;
  /** What to do about it, in a sentence: "Kirjoita osoite, esimerkiksi Sturenkatu 21". */
  error?: string | undefined;
  /** Fields are required unless they say otherwise: so only these are marked. */
  isOptional?: boolean;
  /** The label is the page's question and its h1: one thing per page. */
  isHeading?: boolean;
}

const hintId = (name: string) => `${name}-hint`;
const errorId = (name: string) => `${name}-error`;

/** Attributes that tie an input to its hint and its error. */
function wiring({ name, hint, error }: Pick<Field, "name" | "hint" | "error">) {
  const described = [hint && hintId(name), error && errorId(name)].filter(Boolean).join(" ");
  return { "aria-describedby": described || undefined, "aria-invalid": error ? ("true" as const) : undefined };
}

function LabelText({ lang, label, isOptional }: Pick<Field, "lang" | "label" | "isOptional">) {
  return (
    <>
      {label}
      {isOptional && <span class="optional"> ({t(lang, "optional")})</span>}
    </>
  );
}

function Label(field: Field) {
  const text = <LabelText {...field} />;
  if (field.isHeading) {
    return (
      <h1>
        <label for={field.name}>{text}</label>
      </h1>
    );
  }
  return (
    <label class="hds-text-input__label" for={field.name}>
      {text}
    </label>
  );
}

function Hint({ name, hint }: Pick<Field, "name" | "hint">) {
  if (!hint) return null;
  return (
    <p class="hint" id={hintId(name)}>
      {hint}
    </p>
  );
}

function FieldError({ lang, name, error }: Pick<Field, "lang" | "name" | "error">) {
  if (!error) return null;
  return (
    <span class="hds-text-input__error-text" id={errorId(name)}>
      <span>
        <span class="vh">{t(lang, "errorPrefix")}: </span>
        {error}
      </span>
    </span>
  );
}

const inputClasses = (field: Field, width?: Width) =>
  classes("field hds-text-input", field.error && "hds-text-input--invalid", width && `w-${width}`);

/** `s`: a postcode or a year. `m`: a name or an address. Without it the field fills its column. */
export type Width = "s" | "m";

export interface TextInputProps extends Field {
  value?: string | undefined;
  autocomplete?: string | undefined;
  /** Which keyboard a phone shows. All are text to the browser: its own checks come in its own words and language, ours say what to do. */
  inputMode?: "numeric" | "decimal" | "email" | "tel" | "url" | undefined;
  maxLength?: number | undefined;
  width?: Width;
}

export function TextInput(props: TextInputProps) {
  const { name, value = "", autocomplete, inputMode, maxLength, width } = props;
  return (
    <div class={inputClasses(props, width)}>
      <Label {...props} />
      <Hint {...props} />
      <div class="hds-text-input__input-wrapper">
        <input
          class="hds-text-input__input"
          id={name}
          name={name}
          type="text"
          value={value}
          autocomplete={autocomplete}
          inputMode={inputMode}
          maxLength={maxLength}
          {...wiring(props)}
        />
      </div>
      <FieldError {...props} />
    </div>
  );
}

export interface TextAreaProps extends Field {
  value?: string | undefined;
  rows?: number;
  maxLength?: number | undefined;
}

export function TextArea(props: TextAreaProps) {
  const { name, value = "", rows = 6, maxLength } = props;
  return (
    <div class={inputClasses(props)}>
      <Label {...props} />
      <Hint {...props} />
      <div class="hds-text-input__input-wrapper">
        <textarea class="hds-text-input__input" id={name} {...{ name, rows, maxLength }} {...wiring(props)}>
          {value}
        </textarea>
      </div>
      <FieldError {...props} />
    </div>
  );
}

export interface Option {
  value: string;
  label: string;
}

export interface SelectProps extends Field {
  options: readonly Option[];
  value?: string | undefined;
  width?: Width;
}

/** The browser's own list: it works with every hand, voice and screen. */
export function Select(props: SelectProps) {
  const { name, options, value, width } = props;
  return (
    <div class={inputClasses(props, width)}>
      <Label {...props} />
      <Hint {...props} />
      <select class="select" id={name} name={name} {...wiring(props)}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      <FieldError {...props} />
    </div>
  );
}

export interface CheckboxProps extends Omit<Field, "isHeading" | "isOptional"> {
  /** What is sent when it is ticked. */
  value?: string;
  isChecked?: boolean;
}

/** One yes or no. */
export function Checkbox(props: CheckboxProps) {
  const { name, value = "1", isChecked = false, label } = props;
  return (
    <div class={inputClasses(props)}>
      <div class="hds-checkbox">
        <input
          class="hds-checkbox__input"
          type="checkbox"
          id={name}
          name={name}
          value={value}
          checked={isChecked}
          {...wiring(props)}
        />
        <label class="hds-checkbox__label" for={name}>
          {label}
        </label>
      </div>
      <Hint {...props} />
      <FieldError {...props} />
    </div>
  );
}

export interface RadioGroupProps extends Field {
  options: readonly Option[];
  value?: string | undefined;
}

/** One of a few. The first choice bears the group's name as its id, so that an error summary leads to it. */
export function RadioGroup(props: RadioGroupProps) {
  return (
    <Choices {...props} kind="radio-button">
      {props.options.map((option, n) => (
        <Choice {...option} kind="radio-button" name={props.name} n={n} isChecked={option.value === props.value} />
      ))}
    </Choices>
  );
}

export interface CheckboxGroupProps extends Field {
  options: readonly Option[];
  values?: readonly string[];
}

/** Any of a few. */
export function CheckboxGroup(props: CheckboxGroupProps) {
  const { name, options, values = [] } = props;
  return (
    <Choices {...props} kind="checkbox">
      {options.map((option, n) => (
        <Choice {...option} kind="checkbox" name={name} n={n} isChecked={values.includes(option.value)} />
      ))}
    </Choices>
  );
}

type ChoiceKind = "radio-button" | "checkbox";

function Choices(props: Field & { kind: ChoiceKind; children: Children }) {
  const { "aria-describedby": described } = wiring(props);
  const text = <LabelText {...props} />;
  return (
    <fieldset class={inputClasses(props)} aria-describedby={described}>
      <legend>{props.isHeading ? <h1>{text}</h1> : text}</legend>
      <Hint {...props} />
      {props.children}
      <FieldError {...props} />
    </fieldset>
  );
}

function Choice(props: Option & { kind: ChoiceKind; name: string; n: number; isChecked: boolean }) {
  const { kind, name, n, value, label, isChecked } = props;
  const id = n === 0 ? name : `${name}-${n + 1}`;
  return (
    <div class={`hds-${kind}`}>
      <input
        class={`hds-${kind}__input`}
        type={kind === "checkbox" ? "checkbox" : "radio"}
        id={id}
        name={name}
        value={value}
        checked={isChecked}
      />
      <label class={`hds-${kind}__label`} for={id}>
        {label}
      </label>
    </div>
  );
}
