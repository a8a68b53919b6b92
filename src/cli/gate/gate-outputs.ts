// The files that `assay gate` writes.

import type { Host } from '../../host/index.ts'
import type { GateFlags } from '../gate.ts'
import type { NamedOutput } from '../outputs.ts'
import { SUMMARY_VARIABLE, summaryPathOf } from './gate-formats.ts'

/** Each that is asked for; a dry run writes none. */
export function outputsOf(
  host: Pick<Host, 'readEnvironment'>,
  flags: GateFlags,
): readonly NamedOutput[] {
  if (flags.dryRun === true) return []
  const { out, result, resultJws, resultBundle, vsa, format } = flags
  return [
    ['--out', out],
    ['--result', result],
    ['--result-jws', resultJws],
    ['--result-bundle', resultBundle],
    ['--vsa', vsa],
    [SUMMARY_VARIABLE, format === 'github' ? summaryPathOf(host) : undefined],
  ]
}
