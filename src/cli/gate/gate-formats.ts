// The formats of `assay gate`.

import { accept, encodeUtf8, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  annotationsOfGates,
  junitOfGates,
  markdownOfGates,
  renderGate,
  sarifOfGates,
  type ToldGates,
} from '../../report/gate/index.ts'
import { type TextOptions } from '../../report/index.ts'
import { maskSecrets } from '../../statement/index.ts'
import { VERSION } from '../version.ts'

/** What standard output, or the file of `--out`, carries. */
export const GATE_FORMATS = ['text', 'json', 'markdown', 'sarif', 'junit', 'github'] as const

/** One of {@link GATE_FORMATS}. */
export type GateFormat = (typeof GATE_FORMATS)[number]

/** Where policies and ledger are, for tools that show a rule in its file. */
export interface GateTextOptions extends TextOptions {
  readonly policies: string
  readonly ledger: string
}

/** The gates in a format; as JSON they are a document. */
export function renderGates(
  told: ToldGates,
  format: Exclude<GateFormat, 'json'>,
  options: GateTextOptions,
): string {
  const { policies, ledger } = options
  switch (format) {
    case 'text':
      return told.gates.map((gate) => renderGate(gate, options)).join('\n')
    case 'markdown':
      return markdownOfGates(told)
    case 'sarif':
      return `${JSON.stringify(sarifOfGates(told, { policies, ledger, version: VERSION }), null, 2)}\n`
    case 'junit':
      return junitOfGates(told)
    case 'github':
      return annotationsOfGates(told, { policies })
  }
}

/** GitHub shows what steps of a job append to the file that this variable names. */
export const SUMMARY_VARIABLE = 'GITHUB_STEP_SUMMARY'
const SUMMARY_BYTES_MAX = 16 * 1024 * 1024

/** Where that is, in a job on GitHub. */
export function summaryPathOf(host: Pick<Host, 'readEnvironment'>): string | undefined {
  const path = host.readEnvironment(SUMMARY_VARIABLE)
  return path === '' ? undefined : path
}

/** Appends the gates as Markdown to the summary of the step, where there is one. */
export async function appendSummary(host: Host, told: ToldGates): Promise<Result<void>> {
  const path = summaryPathOf(host)
  if (path === undefined) return accept(undefined)
  const added = encodeUtf8(maskSecrets(markdownOfGates(told)))
  const append = (before: Uint8Array) =>
    accept(before.length === 0 ? added : Buffer.concat([before, encodeUtf8('\n'), added]))
  const edited = await host.editBytes(path, append, { bytesMax: SUMMARY_BYTES_MAX })
  if (edited.ok) return accept(undefined)
  const isAbsent = edited.problems[0].code === 'host/file-missing'
  return isAbsent ? host.writeBytes(path, added) : edited
}
