export type { RecordFinding, RecordQuestion } from './record-question.ts'
export { openRecordVerifier, type RecordVerifier } from './record-verifier.ts'
