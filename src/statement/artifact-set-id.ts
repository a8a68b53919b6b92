// The name of an artifact set, stable over the phases of its release:
// `<channel>__<target>__<release>__<run>`.

import { judge, quote, type Result, refuse } from '../core/index.ts'
import type { StatementProblem } from './problem.ts'

/**
 * The four parts of the name.
 *
 * @example { channel: 'staging', target: 'render_staging_rollout', release: 'v1.2.0', run: '4711-1' }
 */
export interface ArtifactSetId {
  readonly channel: string
  readonly target: string
  /** Version, or the ref that was built; a `/` in it is written `%2f`. */
  readonly release: string
  /** What tells two runs for one release apart. */
  readonly run: string
}

const PARTS = ['channel', 'target', 'release', 'run'] as const
const SEPARATOR = '__'

/** Lower case, a letter or digit at both ends, and no separator inside. */
const PART = /^[a-z0-9](?:[a-z0-9.+/-]|_(?!_))*(?<![_./+-])$/

const RULE = 'lower-case letters, digits and . _ + - / between them, and no "__"'

/** A folder on every file system can bear it. */
const LENGTH_MAX = 200

/** The name made of its parts; `statement/artifact-set-id` for each part that it can not hold. */
export function buildArtifactSetId(id: ArtifactSetId): Result<string, StatementProblem> {
  const problems = PARTS.filter((part) => !PART.test(id[part])).map((part) =>
    refusedPart(part, id[part]),
  )
  const text = PARTS.map((part) => id[part].replaceAll('/', '%2f')).join(SEPARATOR)
  if (text.length > LENGTH_MAX) {
    problems.push({
      code: 'statement/artifact-set-id',
      message: `Expected at most ${LENGTH_MAX} characters, found ${text.length}`,
    })
  }
  return judge(text, problems)
}

/** The parts of a name that {@link buildArtifactSetId} made. */
export function parseArtifactSetId(text: string): Result<ArtifactSetId, StatementProblem> {
  const [channel, target, release, run, ...more] = text
    .split(SEPARATOR)
    .map((part) => part.replaceAll('%2f', '/'))
  if (run !== undefined && more.length === 0) {
    const id = { channel, target, release, run } as ArtifactSetId
    const again = buildArtifactSetId(id)
    // Only the one spelling is a name: "/" itself is none.
    if (again.ok && again.value === text) return judge(id, [])
  }
  return refuse({
    code: 'statement/artifact-set-id',
    message: `Expected <channel>__<target>__<release>__<run>, found ${quote(text)}`,
  })
}

function refusedPart(part: string, value: string): StatementProblem {
  return {
    code: 'statement/artifact-set-id',
    message: `Cannot use ${quote(value)} as the ${part} of an artifact set: expected ${RULE}`,
  }
}
