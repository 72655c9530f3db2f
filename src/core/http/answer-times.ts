/**
 * How long answers took, by method, route and status, as a histogram for Prometheus. Counted here in plain arrays: prom-client's own histogram
 * finds its labels anew for each answer, which a page from the cache would feel.
 */
import type { Metric } from "prom-client";

/** Upper bounds in seconds; slower answers are in the last bucket, without a bound. */
const BOUNDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const NAME = "http_request_seconds";

interface Tally {
  labels: { method: string; route: string; status: number };
  /** Answers by bucket, not yet added up. */
  counts: number[];
  /** Seconds. */
  sum: number;
}

export interface AnswerTimes {
  /** `route`: its pattern, never an address. */
  observe(method: string, route: string, status: number, milliseconds: number): void;
  /** For a registry of prom-client. */
  metric: Metric;
}

export function openAnswerTimes(): AnswerTimes {
  const routes = new Map<string, Tally[]>();
  const tallyOf = (method: string, route: string, status: number): Tally => {
    let tallies = routes.get(route);
    if (!tallies) routes.set(route, (tallies = []));
    // A route has few of them.
    let tally = tallies.find(({ labels }) => labels.status === status && labels.method === method);
    if (!tally)
      tallies.push((tally = { labels: { method, route, status }, counts: BOUNDS.map(() => 0).concat(0), sum: 0 }));
    return tally;
  };
  const metric = {
    name: NAME,
    help: "Time from request to answer by route and status",
    type: "histogram",
    aggregator: "sum",
    get: async () => ({ ...metric, values: [...routes.values()].flat().flatMap(samplesOf) }),
    reset: () => routes.clear(),
  };
  return {
    observe(method, route, status, milliseconds) {
      const seconds = milliseconds / 1000;
      const tally = tallyOf(method, route, status);
      const bucket = BOUNDS.findIndex((bound) => seconds <= bound);
      const at = bucket < 0 ? BOUNDS.length : bucket;
      tally.counts[at] = (tally.counts[at] ?? 0) + 1;
      tally.sum += seconds;
    },
    // prom-client's type names its own classes, of which it needs no more than this.
    metric: metric as unknown as Metric,
  };
}

/** As Prometheus has it: each bucket also holds what the smaller ones do. */
function samplesOf({ labels, counts, sum }: Tally) {
  let count = 0;
  const buckets = counts.map((some, n) => {
    count += some;
    return { metricName: `${NAME}_bucket`, labels: { le: BOUNDS[n] ?? "+Inf", ...labels }, value: count };
  });
  return [
    ...buckets,
    { metricName: `${NAME}_sum`, labels, value: sum },
    { metricName: `${NAME}_count`, labels, value: count },
  ];
}
