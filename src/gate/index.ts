export {
  COUNTERS,
  type CountedOrigins,
  type Counter,
  type CounterName,
  countProject,
} from './counters.ts'
export { currentReleaseOf, isNewer, type ProjectState } from './project-state.ts'
export {
  type CountedProvenance,
  type CountedRecord,
  type ReleaseState,
  stateOf,
} from './release-state.ts'
