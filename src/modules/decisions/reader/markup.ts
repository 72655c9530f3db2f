import { Tokenizer, TokenizerMode, type Token, type TokenHandler } from "parse5";

/** An element of a page, with what the reader looks at and nothing more. */
export interface Element {
  tag: string;
  className: string;
  /** Of `html` and `body`: the language declared. */
  lang: string;
  /** Of a link. */
  href: string;
  children: Node[];
}
export type Node = Element | string;

/** Deeper than any document nests; what lies deeper is read as if it lay at this depth. */
const MAX_DEPTH = 100;
const VOID = new Set([
  "br",
  "hr",
  "img",
  "meta",
  "input",
  "link",
  "col",
  "base",
  "wbr",
  "area",
  "embed",
  "source",
  "param",
]);
const RAW = new Map<string, Tokenizer["state"]>([
  ["style", TokenizerMode.RAWTEXT],
  ["script", TokenizerMode.SCRIPT_DATA],
  ["xmp", TokenizerMode.RAWTEXT],
  ["title", TokenizerMode.RCDATA],
  ["textarea", TokenizerMode.RCDATA],
]);

export const BLOCKS = new Set(
  (
    "address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr " +
    "html li main nav ol p pre section table tbody td tfoot th thead tr ul"
  ).split(" "),
);

/** Which open elements a start tag closes, and how far outwards it may look for them. */
const IMPLIED_END: Record<string, { closes: ReadonlySet<string>; within: ReadonlySet<string> }> = {
  li: { closes: new Set(["li"]), within: new Set(["ul", "ol"]) },
  td: { closes: new Set(["td", "th"]), within: new Set(["tr", "table"]) },
  th: { closes: new Set(["td", "th"]), within: new Set(["tr", "table"]) },
  tr: { closes: new Set(["tr"]), within: new Set(["table"]) },
  tbody: { closes: new Set(["tbody", "thead", "tfoot", "tr"]), within: new Set(["table"]) },
  tfoot: { closes: new Set(["tbody", "thead", "tfoot", "tr"]), within: new Set(["table"]) },
};
const PARAGRAPH = { closes: new Set(["p"]), within: new Set(["td", "th", "table", "li", "caption", "html"]) };

/**
 * The elements of a page as a tree, by the tokenizer of the HTML standard and the few rules of tree building that decisions
 * need (implied ends of paragraphs, list items and cells). The standard's own tree building is left out: it takes quadratic
 * time on deep nesting, and this takes linear time on any input. Style sheets, scripts and comments are left out.
 */
export function parseMarkup(source: string): Element {
  const root = newElement("#root");
  const stack: Element[] = [root];
  const tokenizer: Tokenizer = new Tokenizer(
    {},
    handlerOf(stack, (tag) => enterRawText(tokenizer, tag)),
  );
  tokenizer.write(source, true);
  return root;
}

const newElement = (tag: string): Element => ({ tag, className: "", lang: "", href: "", children: [] });

function enterRawText(tokenizer: Tokenizer, tag: string): void {
  const state = RAW.get(tag);
  if (state !== undefined) tokenizer.state = state;
}

function handlerOf(stack: Element[], onOpened: (tag: string) => void): TokenHandler {
  const top = () => stack[stack.length - 1] ?? newElement("#root");
  const addText = ({ chars }: Token.CharacterToken) => {
    const { tag, children } = top();
    if (tag !== "style" && tag !== "script") children.push(chars);
  };
  return {
    onStartTag(token) {
      openElement(stack, token);
      if (!token.selfClosing) onOpened(token.tagName);
    },
    onEndTag: (token) => closeElement(stack, token.tagName),
    onCharacter: addText,
    onWhitespaceCharacter: addText,
    onNullCharacter: ignore,
    onComment: ignore,
    onDoctype: ignore,
    onEof: ignore,
  };
}

const ignore = (): void => undefined;

function openElement(stack: Element[], token: Token.TagToken): void {
  const tag = token.tagName;
  if (BLOCKS.has(tag)) endImplied(stack, PARAGRAPH);
  const implied = IMPLIED_END[tag];
  if (implied !== undefined) endImplied(stack, implied);
  const element = newElement(tag);
  for (const { name, value } of token.attrs) {
    if (name === "class") element.className = value;
    else if (name === "lang") element.lang = value;
    else if (name === "href") element.href = value;
  }
  stack[stack.length - 1]?.children.push(element);
  if (!VOID.has(tag) && !token.selfClosing && (stack.length < MAX_DEPTH || RAW.has(tag))) stack.push(element);
}

function endImplied(stack: Element[], rule: { closes: ReadonlySet<string>; within: ReadonlySet<string> }): void {
  for (let i = stack.length - 1; i > 0; i--) {
    const tag = stack[i]?.tag ?? "";
    if (rule.closes.has(tag)) stack.length = i;
    else if (rule.within.has(tag)) return;
  }
}

function closeElement(stack: Element[], tag: string): void {
  const at = stack.findLastIndex((element) => element.tag === tag);
  // An end tag inside a cell must not close what the whole table lies in.
  const cell = stack.findLastIndex((element) => element.tag === "td" || element.tag === "th");
  const mayLeaveCell = tag === "table" || tag === "tr" || tag === "tbody" || tag === "td" || tag === "th";
  if (at > 0 && (at >= cell || mayLeaveCell)) stack.length = at;
}

/** Every element below, in document order, that the test accepts. */
export function elements(root: Element, test: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (typeof child === "string") continue;
      if (test(child)) found.push(child);
      visit(child);
    }
  };
  visit(root);
  return found;
}

export function firstElement(root: Element, test: (element: Element) => boolean): Element | undefined {
  for (const child of root.children) {
    if (typeof child === "string") continue;
    const found = test(child) ? child : firstElement(child, test);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const hasClass = (element: Element, name: string): boolean =>
  element.className === name || (element.className.includes(name) && element.className.split(/\s+/u).includes(name));

/** All text below, without layout. */
export const textOf = (node: Node): string =>
  typeof node === "string" ? node : node.tag === "br" ? "\n" : node.children.map(textOf).join("");

/** The same with a line break around each block, so that the words of two do not run together. */
export function wordsOf(node: Node): string {
  if (typeof node === "string") return node;
  const inner = node.tag === "br" ? "\n" : node.children.map(wordsOf).join("");
  return BLOCKS.has(node.tag) ? `\n${inner}\n` : inner;
}
