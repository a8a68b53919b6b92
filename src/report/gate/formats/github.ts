// Gates as workflow commands of GitHub Actions: one annotation for each blocker, at the rule that it breaks.

import { escapeText } from '../../../core/index.ts'
import { blockersOf, type GateFinding } from '../../../gate/index.ts'
import { blockerClearing, blockerSentence } from '../blocker-text.ts'

/** Lines for standard output. Nothing that a document says can begin, end or add to a command. */
export function annotationsOfGates(gates: readonly GateFinding[]): string {
  return gates
    .flatMap((finding) => {
      const { deploy, launch, fulfilment } = finding
      const deciding = [deploy, ...(launch === undefined ? [] : [launch])]
      return [
        ...deciding.flatMap((list) =>
          blockersOf(list, finding).map((one) => annotate('error', one)),
        ),
        ...fulfilment.flatMap((list) =>
          blockersOf(list, finding).map((one) => annotate('notice', one)),
        ),
      ]
    })
    .map((line) => `${line}\n`)
    .join('')
}

function annotate(
  level: 'error' | 'notice',
  blocker: Parameters<typeof blockerSentence>[0],
): string {
  const { position } = blocker.finding
  const [, file, line, column] = /^(.*), line (\d+), column (\d+)$/.exec(position) ?? []
  const place =
    file === undefined ? [] : [`file=${property(file)}`, `line=${line}`, `col=${column}`]
  const parts = [...place, `title=${property(blocker.id)}`].join(',')
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
