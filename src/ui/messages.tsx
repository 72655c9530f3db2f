/** Messages to the reader, newest first: each with its heading, who sent it and when, and its whole text. */
import { type Children, type Shown } from "./shown.ts";

export interface Message {
  id: string;
  title: string;
  /** Where one goes on from it. */
  href?: string | undefined;
  /** "Uusi": what sets it apart from the others. */
  mark?: string | undefined;
  from: string;
  when: Shown;
  /** Paragraphs parted by an empty line; a line end within one is kept. */
  text: string;
}

export function Messages({ messages }: { messages: readonly Message[] }) {
  if (messages.length === 0) return null;
  return (
    <ol class="messages">
      {messages.map((message) => (
        <li>
          <article aria-labelledby={`m-${message.id}`}>
            <h2 id={`m-${message.id}`}>
              <Title message={message} />
            </h2>
            <p class="messages__meta">
              {message.mark && <span class="state state--open">{message.mark}</span>}
              <span>{message.from}</span>
              <span>{message.when}</span>
            </p>
            {message.text.split(/\n{2,}/).map((paragraph) => (
              <p>{linesOf(paragraph)}</p>
            ))}
          </article>
        </li>
      ))}
    </ol>
  );
}

const Title = ({ message: { title, href } }: { message: Message }) =>
  href === undefined ? title : <a href={href}>{title}</a>;

const linesOf = (paragraph: string): Children =>
  paragraph.split("\n").flatMap((line, n) => (n === 0 ? [line] : [<br />, line]));
