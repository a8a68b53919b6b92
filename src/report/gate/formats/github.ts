// Gates as workflow commands of GitHub Actions: one annotation for each blocker, at the rule that it breaks.

import { escapeText } from '../../../core/index.ts'
import {
  type Blocker,
  blockersOf,
  decidingLists,
  type Judgement,
  listsOf,
} from '../../../gate/index.ts'
import { blockerClearing, blockerSentence } from '../blocker-text.ts'
import { placeOf } from './place.ts'

/** Lines for standard output. Nothing that a document says can begin, end or add to a command. */
export function annotationsOfGates(
  gates: readonly Judgement[],
  { policies }: { readonly policies: string },
): string {
  return gates
    .flatMap((finding) => {
      const deciding = new Set(decidingLists(finding))
      return listsOf(finding).flatMap((list) =>
        blockersOf(list, finding).map((one) =>
          annotate(deciding.has(list) ? 'error' : 'notice', one, policies),
        ),
      )
    })
    .map((line) => `${line}\n`)
    .join('')
}

function annotate(level: 'error' | 'notice', blocker: Blocker, policies: string): string {
  const { file, line, column } = placeOf(blocker.finding.position, policies)
  const parts = `file=${property(file)},line=${line},col=${column},title=${property(blocker.id)}`
  const text = `${blocker.outcome}: ${blockerSentence(blocker)}. Clears: ${blockerClearing(blocker)}`
  return `::${level} ${parts}::${data(text)}`
}

/** As the runner takes them apart: after the escapes of its own there is no other. */
function data(text: string): string {
  return escapeText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
