/** A progress bar where somebody watches, and a line every ten seconds where nobody does (logs). */
export interface ProgressBar {
  show(filesDone: number, documents: number): void;
  end(): void;
}

const WIDTH = 30;

export function progressBar(files: number): ProgressBar {
  const isTerminal = process.stderr.isTTY;
  const started = Date.now();
  let lastLine = 0;
  return {
    show(filesDone, documents) {
      const seconds = (Date.now() - started) / 1000;
      const full = Math.round((filesDone / files) * WIDTH);
      const text = `${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${filesDone}/${files} files, ${documents} documents, ${Math.round(documents / Math.max(seconds, 0.1))}/s`;
      if (isTerminal) process.stderr.write(`\r${text}`);
      else if (seconds - lastLine >= 10) {
        lastLine = seconds;
        process.stderr.write(`${text}\n`);
      }
    },
    end() {
      if (isTerminal) process.stderr.write("\n");
    },
  };
}
