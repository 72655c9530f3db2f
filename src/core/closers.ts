/** What was opened is closed in reverse order, each step once, and one that fails does not stop the others. */
export interface Closers {
  add(name: string, close: () => Promise<void> | void): void;
  /** Closes everything; resolves with the names of the steps that failed. */
  closeAll(onError: (name: string, error: unknown) => void): Promise<void>;
}

export function closers(): Closers {
  const steps: { name: string; close: () => Promise<void> | void }[] = [];
  return {
    add: (name, close) => void steps.push({ name, close }),
    async closeAll(onError) {
      for (let step = steps.pop(); step; step = steps.pop()) {
        try {
          await step.close();
        } catch (error) {
          onError(step.name, error);
        }
      }
    },
  };
}
