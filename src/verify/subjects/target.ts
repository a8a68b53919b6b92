// Where a release goes, as its set subject says: `<channel>__<target>__<release>__<run>`. The signer wrote that, so it is held
// against what the verifier expects.

import { type Check, quote } from '../../core/index.ts'
import { parseArtifactSetId, type Statement } from '../../statement/index.ts'
import { failed, passed } from '../check.ts'
import type { Expectation } from '../expectation.ts'

/** What the set subjects agree on; a part is absent where none names it, or where they disagree. */
export interface Destination {
  readonly channel?: string
  readonly target?: string
}

/** The destination that the statement names. */
export function destinationOf({ subjects }: Statement): Destination {
  const channels = new Set<string>()
  const targets = new Set<string>()
  for (const { name, digest } of subjects) {
    if (name == null || !Object.hasOwn(digest, 'dirHash')) continue
    const id = parseArtifactSetId(name)
    if (!id.ok) continue
    channels.add(id.value.channel)
    targets.add(id.value.target)
  }
  const channel = only(channels)
  const target = only(targets)
  return { ...(channel !== undefined && { channel }), ...(target !== undefined && { target }) }
}

function only(names: ReadonlySet<string>): string | undefined {
  const [name, ...others] = names
  return others.length === 0 ? name : undefined
}

/** what was made for one place is not shown at another. Nothing was expected: nothing is checked. */
export function checkDestination(found: Destination, expected: Expectation): readonly Check[] {
  return [
    ...compare('channel', expected.channel, found.channel),
    ...compare('target', expected.target, found.target),
  ]
}

function compare(
  part: 'channel' | 'target',
  expected: string | undefined,
  found: string | undefined,
): readonly Check[] {
  if (expected === undefined) return []
  const facts = { expected: quote(expected), found: found === undefined ? 'none' : quote(found) }
  if (expected === found) return [passed(part, `It is for the expected ${part}`, facts)]
  const code = `verify/${part}` as const
  if (found === undefined) {
    const message = `The evidence does not say for which ${part} it is`
    return [failed(part, 'missing', code, message, facts)]
  }
  return [failed(part, 'rejected', code, `It is for another ${part}`, facts)]
}
