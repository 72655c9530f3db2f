/** What was opened is closed in reverse order, each step once, and one that fails does not stop the others. */
export interface Closers {
  add(name: string, close: Close): void;
  /** To be closed at the same time as what was opened just before. */
  addBeside(name: string, close: Close): void;
  /** Closes everything; resolves with the names of the steps that failed. */
  closeAll(onError: (name: string, error: unknown) => void): Promise<void>;
}

type Close = () => Promise<void> | void;

interface Step {
  name: string;
  close: Close;
}

export function closers(): Closers {
  const steps: Step[][] = [];
  return {
    add: (name, close) => void steps.push([{ name, close }]),
    addBeside(name, close) {
      const last = steps.at(-1);
      if (last) last.push({ name, close });
      else steps.push([{ name, close }]);
    },
    async closeAll(onError) {
      const closeOne = async ({ name, close }: Step) => {
        try {
          await close();
        } catch (error) {
          onError(name, error);
        }
      };
      for (let beside = steps.pop(); beside; beside = steps.pop()) await Promise.all(beside.map(closeOne));
    },
  };
}
