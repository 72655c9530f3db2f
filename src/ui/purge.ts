/** Leaves out of a foreign stylesheet what our pages never use: rules of unused classes, custom properties nobody reads. */

/** `body` is declarations as text, or the rules inside an at-rule such as @media. */
interface Rule {
  prelude: string;
  body: string | Rule[];
}

const NESTING = /^@(media|supports|layer|container)/;

/**
 * Keeps each selector whose classes are all in `used`; a rule without any such selector goes. Selectors without a class
 * (`:root`, `html`) stay. `css` is ordinary CSS without nesting.
 */
export function keepClasses(css: string, used: ReadonlySet<string>): string {
  return print(keepRules(parse(css), used));
}

function keepRules(rules: readonly Rule[], used: ReadonlySet<string>): Rule[] {
  return rules.flatMap((rule): Rule[] => {
    if (typeof rule.body !== "string") {
      const body = keepRules(rule.body, used);
      return body.length > 0 ? [{ prelude: rule.prelude, body }] : [];
    }
    if (rule.prelude.startsWith("@")) return [rule];
    const selectors = split(rule.prelude, ",").filter((selector) => isUsed(selector, used));
    return selectors.length > 0 ? [{ prelude: selectors.join(","), body: rule.body }] : [];
  });
}

function isUsed(selector: string, used: ReadonlySet<string>): boolean {
  if (selector.includes("[class")) return false;
  return [...selector.matchAll(/\.([\w-]+)/g)].every(([, name]) => name !== undefined && used.has(name));
}

/** Drops custom properties that no `var()` reads, again until none is left: one may be read only by another. */
export function dropUnreadProperties(css: string): string {
  let rules = parse(css);
  for (;;) {
    const text = print(rules);
    const read = new Set([...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name));
    rules = dropProperties(rules, (name) => !read.has(name));
    if (print(rules) === text) return text;
  }
}

function dropProperties(rules: readonly Rule[], isUnread: (name: string) => boolean): Rule[] {
  return rules.flatMap((rule): Rule[] => {
    if (typeof rule.body !== "string") return [{ prelude: rule.prelude, body: dropProperties(rule.body, isUnread) }];
    const kept = split(rule.body, ";").filter((declaration) => {
      const name = /^\s*(--[\w-]+)\s*:/.exec(declaration)?.[1];
      return declaration.trim() !== "" && !(name && isUnread(name));
    });
    return kept.length > 0 ? [{ prelude: rule.prelude, body: kept.join(";") }] : [];
  });
}

const print = (rules: readonly Rule[]): string =>
  rules.map(({ prelude, body }) => `${prelude}{${typeof body === "string" ? body : print(body)}}`).join("\n");

function parse(css: string): Rule[] {
  const text = css.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const rules: Rule[] = [];
  let at = 0;
  while (at < text.length) {
    const open = find(text, at, "{");
    if (open === text.length) break;
    const close = closing(text, open);
    const prelude = text.slice(at, open).trim();
    const body = text.slice(open + 1, close);
    rules.push({ prelude, body: NESTING.test(prelude) ? parse(body) : body });
    at = close + 1;
  }
  return rules;
}

/** Where the block that opens at `open` closes. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; ; at = find(text, at + 1, "{}")) {
    if (at >= text.length) throw new Error(`A block is not closed: ${text.slice(open - 40, open + 40)}`);
    depth += text[at] === "{" ? 1 : -1;
    if (depth === 0) return at;
  }
}

function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  while (from <= text.length) {
    const at = find(text, from, separator);
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return parts;
}

/** The next of `wanted` from `from` on that stands outside strings and parentheses; the text's length when there is none. */
function find(text: string, from: number, wanted: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"' || char === "'") at = text.indexOf(char, at + 1);
    else if (depth === 0 && wanted.includes(char)) return at;
    else if (char === "(") depth++;
    else if (char === ")") depth--;
    if (at < 0) throw new Error("A string is not closed");
  }
  return text.length;
}
