// What a signed result says, in JSON and for a person: of what, about what, as of when. Whether it holds is said beside it.

import { countOf, escapeText } from '../core/index.ts'
import type { UnverifiedResult } from '../gate/index.ts'

/** The members of the document. */
export function factsOf({ payload, preimage }: UnverifiedResult) {
  const { commitment_id, kid, verdict, signed_at, exceptions } = payload
  const { gate, at, set, commit, head, scope, strict } = preimage
  return {
    ...{ commitment_id, kid, gate, at, signed_at, verdict },
    ...(exceptions !== undefined && { exceptions: exceptions.map((each) => ({ ...each })) }),
    ...(set !== undefined && { release: set.id }),
    ...(set?.sha256 !== undefined && { set: set.sha256 }),
    ...(commit !== undefined && { commit }),
    ...(head !== undefined && { head: { ...head } }),
    ...(scope !== undefined && { scope }),
    ...(strict !== undefined && { strict }),
  }
}

/** A line each. */
export function renderFacts(facts: ReturnType<typeof factsOf>): string {
  const { gate, at, signed_at, verdict, release, set, commit, head, scope, strict } = facts
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['gate', gate],
    ['verdict', strict === true ? `${verdict}, where no exception counts` : verdict],
    ...(facts.exceptions ?? []).map(({ check, expires }) => {
      return ['exception', `${check} until ${expires}`] as const
    }),
    ['release', release],
    ['set', set === undefined ? undefined : `sha256:${set}`],
    ['commit', commit],
    ['ledger', head && `${countOf(head.size, 'entry')}, root ${head.root}`],
    ['scope', scope && 'the ledger of one run, which nobody adopted'],
    ['as of', at],
    ['signed', signed_at],
  ]
  return lines
    .flatMap(([name, value]) =>
      value === undefined ? [] : `${name.padEnd(WIDTH)}${escapeText(value)}\n`,
    )
    .join('')
}

const WIDTH = 11
