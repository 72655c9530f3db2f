/** The door of the module: what others may use of decisions. */
export { addDecisionApi, summarise } from "./api.ts";
export { addDesk, DECISION_DESK } from "./desk.ts";
export { addDecisionPages } from "./web.ts";
export { loadDocuments, type IncomingDocument, type LoadOutcome, type LoadTools } from "./load.ts";
export { decisionJobs } from "./jobs.ts";
export { queueDocuments } from "./queue.ts";
export { rowOf } from "./lines.tsx";
export {
  type DecisionCounts,
  selectCitySummaries,
  type CitySummary,
  selectDecisionCounts,
  selectDecisions,
} from "./list.queries.ts";
export { CITY_DECISIONS, CITY_FEED, DECISION, JOINT_DECISIONS, JOINT_FEED, MATTER } from "./paths.ts";
export type { DecisionLine } from "./queries.ts";
export { type FunctionClass, loadFunctionClasses } from "./function-classes.ts";
export { splitBatch } from "./reader/split-batch.ts";
export { type MatterDetail, selectFilterNames, selectMattersByKey } from "./queries.ts";
export { DECISION_RIGHTS } from "./policy.ts";
export { parseRecordNumber } from "./record-number.ts";
export { filterOf } from "./filter.ts";
export { chipsOf, groupsOf } from "./filters.ts";
export { classTitle, REGISTER_LANGUAGE } from "./register-names.ts";
export { DecisionSummary, ListQuery } from "./schema.ts";
export { decisionSource, findDecisions } from "./search-source.ts";
