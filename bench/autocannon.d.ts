/** The little that the benchmarks use of autocannon, which ships no types. */
declare module "autocannon" {
  interface Result {
    errors: number;
    "4xx": number;
    "5xx": number;
    requests: { average: number };
  }
  export default function autocannon(options: {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    headers?: Record<string, string>;
    requests?: readonly { path: string }[];
  }): Promise<Result>;
}
