// The formats of `assay gate`.

import type { GateFinding } from '../../gate/index.ts'
import {
  annotationsOfGates,
  junitOfGates,
  markdownOfGates,
  renderGate,
  sarifOfGates,
  type TextOptions,
} from '../../report/index.ts'
import { VERSION } from '../version.ts'

/** What standard output, or the file of `--out`, carries. */
export const GATE_FORMATS = ['text', 'json', 'markdown', 'sarif', 'junit', 'github'] as const

/** One of {@link GATE_FORMATS}. */
export type GateFormat = (typeof GATE_FORMATS)[number]

/** The gates in a format; as JSON they are a document. */
export function renderGates(
  gates: readonly GateFinding[],
  format: Exclude<GateFormat, 'json'>,
  options: TextOptions,
): string {
  switch (format) {
    case 'text':
      return gates.map((gate) => renderGate(gate, options)).join('\n')
    case 'markdown':
      return markdownOfGates(gates)
    case 'sarif':
      return `${JSON.stringify(sarifOfGates(gates, VERSION), null, 2)}\n`
    case 'junit':
      return junitOfGates(gates)
    case 'github':
      return annotationsOfGates(gates)
  }
}
