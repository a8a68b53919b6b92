export { inspectBytes } from './inspect-bytes.ts'
export { documentOfInspection, type Inspection, renderInspection } from './inspection.ts'
