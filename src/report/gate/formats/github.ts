// Gates as workflow commands of GitHub Actions: one annotation for each blocker, at the rule that it breaks, and for whatever else allows nothing.

import { type Blocker, listsOf } from '../../../gate/index.ts'
import { blockerMessage } from '../blocker-text.ts'
import { placeOf } from './place.ts'
import { type BlockerEffect, toldBlockers } from './told-blockers.ts'
import { type Obstacle, obstacleMessage, obstaclesOf, type ToldGates } from './told-gates.ts'
import { showText } from '../../shown-text.ts'

const LEVELS = { blocks: 'error', exception: 'warning', aside: 'notice' } as const

/** Lines for standard output. Nothing that a document says can begin, end or add to a command. */
export function annotationsOfGates(
  told: ToldGates,
  { policies }: { readonly policies: string },
): string {
  const blockers = told.gates.flatMap((finding) =>
    listsOf(finding).flatMap((list) =>
      toldBlockers(list, finding).map(({ blocker, effect }) =>
        annotate(LEVELS[effect], blocker, policies),
      ),
    ),
  )
  const lines = [...obstaclesOf(told).map(annotateObstacle), ...blockers]
  return lines.map((line) => `${line}\n`).join('')
}

/** It stands in no file of the repository. */
function annotateObstacle(obstacle: Obstacle): string {
  const text = `${obstacle.check.outcome}: ${obstacleMessage(obstacle)}`
  return `::error title=${property(obstacle.id)}::${encode(text)}`
}

function annotate(
  level: (typeof LEVELS)[BlockerEffect],
  blocker: Blocker,
  policies: string,
): string {
  const { file, line, column } = placeOf(blocker.finding.position, policies)
  const parts = `file=${property(file)},line=${line},col=${column},title=${property(blocker.id)}`
  const text = `${blocker.outcome}: ${blockerMessage(blocker)}`
  return `::${level} ${parts}::${encode(text)}`
}

/** As the runner takes them apart: after the escapes of its own there is no other. */
function encode(escaped: string): string {
  return escaped.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return encode(showText(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
