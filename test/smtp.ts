/** A server of mail for tests: it takes every mail, or refuses as it is told, and keeps what it was given (RFC 5321, the few commands a client needs). */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

export interface TestSmtp {
  /** "smtp://127.0.0.1:12345" */
  url: string;
  /** Whole messages as they came. */
  messages: string[];
  /** From now on every recipient is refused for the moment, or not any more. */
  refuse(isRefusing: boolean): void;
  /** From now on nobody who connects gets a word. Tells when somebody waits for one, and `end` sends away who does, and ends it. */
  stall(): { isWaitedFor: Promise<void>; end(): void };
  close(): Promise<void>;
}

export async function testSmtp(): Promise<TestSmtp> {
  const messages: string[] = [];
  let isRefusing = false;
  let keepWaiting: ((socket: Socket) => void) | undefined;
  const server = createServer((socket) => {
    if (keepWaiting) keepWaiting(socket);
    else converse(socket, messages, () => isRefusing);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    messages,
    refuse: (value) => {
      isRefusing = value;
    },
    stall() {
      const { promise, resolve } = Promise.withResolvers<void>();
      const stalled: Socket[] = [];
      keepWaiting = (socket) => {
        stalled.push(socket);
        resolve();
      };
      const end = () => {
        keepWaiting = undefined;
        for (const socket of stalled) socket.destroy();
      };
      return { isWaitedFor: promise, end };
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

function converse(socket: Socket, messages: string[], isRefusing: () => boolean): void {
  let waiting = "";
  let isData = false;
  const say = (line: string) => void socket.write(`${line}\r\n`);
  const answers: Record<string, (line: string) => void> = {
    // As real ones do, it says whom it refuses.
    RCPT: (line) => say(isRefusing() ? `451 ${line.slice("RCPT TO:".length)}: not now` : "250 ok"),
    DATA: () => {
      isData = true;
      say("354 go on");
    },
    QUIT: () => {
      say("221 bye");
      socket.end();
    },
  };
  say("220 test");
  socket.on("data", (chunk: Buffer) => {
    waiting += chunk.toString("utf8");
    for (;;) {
      const end = isData ? waiting.indexOf("\r\n.\r\n") : waiting.indexOf("\r\n");
      if (end < 0) return;
      const text = waiting.slice(0, end);
      waiting = waiting.slice(end + (isData ? 5 : 2));
      if (isData) {
        messages.push(text);
        isData = false;
        say("250 taken");
      } else (answers[text.slice(0, 4).toUpperCase()] ?? (() => say("250 ok")))(text);
    }
  });
}
