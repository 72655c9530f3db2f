/** What a benchmark says, and how it is printed. */
export interface Row {
  workload: string;
  goal: string;
  figure: string;
  /** Left out where nothing has to be reached. */
  isMet?: boolean;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

export const markdown = (rows: readonly Row[]): string =>
  [
    "| workload | must reach | measured | met |",
    "|---|---|---|---|",
    ...rows.map(
      ({ workload, goal, figure, isMet }) =>
        `| ${workload} | ${goal} | ${figure} | ${isMet === undefined ? "" : isMet ? "yes" : "no"} |`,
    ),
  ].join("\n");
