// What the ledger says of a record: the entry that its bundle calls for.

import { parseBundle } from '../../bundle/index.ts'
import { accept, quote, type Result, refuse } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { buildEntry, type LedgerEntry } from '../../ledger/index.ts'
import { isDraftRelease, judgeDrafted, refuseDraftRelease } from '../../record/index.ts'
import { parseArtifactSetId, parseStatement, type Statement } from '../../statement/index.ts'

/**
 * The statement in a bundle. Nothing of it is verified here.
 *
 * @param bytes of one bundle, as they stand in a file of the ledger
 */
export function readStatement(bytes: Uint8Array): Result<Statement> {
  const bundle = parseBundle(bytes)
  if (!bundle.ok) return bundle
  const { content } = bundle.value
  if (content.kind === 'dsse') {
    return parseStatement(content.envelope.payload, { versions: ['v1', 'v0.1'] })
  }
  return refuse({
    code: 'cli/ledger-record',
    message: 'Expected a statement, found a bare signature',
  })
}

/** The release that a statement names as one of its subjects: a set, or a commit. What has only the name of a set comes last. */
function statedRelease({ subjects }: Pick<Statement, 'subjects'>): string | undefined {
  const named = subjects.map(({ name = '', digest }) => {
    const isCommit = digest['gitCommit'] !== undefined && name === `git:${digest['gitCommit']}`
    const isSet = parseArtifactSetId(name).ok
    return { name, isRelease: isCommit || isSet, isKnown: isCommit || 'dirHash' in digest }
  })
  const releases = named.filter(({ isRelease }) => isRelease)
  return (releases.find(({ isKnown }) => isKnown) ?? releases[0])?.name
}

/** The entry of a record: what its statement says, or for evidence that names no release, what the person says. */
export function entryOfRecord(bytes: Uint8Array, release?: string): Result<LedgerEntry> {
  const statement = readStatement(bytes)
  if (!statement.ok) return statement
  const drafted = judgeDrafted(statement.value)
  if (!drafted.ok) return drafted
  if (release !== undefined && isDraftRelease(release)) return refuseDraftRelease(release)
  const stated = statedRelease(statement.value)
  if (stated !== undefined && release !== undefined && stated !== release) {
    const message = `Expected a record of ${quote(release)}, found one of ${quote(stated)}`
    return refuse({ code: 'cli/ledger-record', message })
  }
  const about = stated ?? release
  if (about === undefined) {
    return refuse({
      code: 'cli/ledger-record',
      message: 'Expected an artifact set id or git:<commit> among the subjects, found neither',
      hint: 'Evidence that names only files: --release SET_ID says which release it is for',
    })
  }
  const { predicateType } = statement.value
  return buildEntry({ sha256: digestBytes('sha256', bytes), predicateType, release: about })
}

/** Whether an entry is that of the record that it names. */
export function judgeEntry(entry: LedgerEntry, bytes: Uint8Array): Result<undefined> {
  const stated = entryOfRecord(bytes, entry.release)
  if (!stated.ok) return stated
  const { predicateType } = stated.value
  if (predicateType === entry.predicateType) return accept(undefined)
  const message = `Expected a record of the type ${quote(entry.predicateType)}, found ${quote(predicateType)}`
  return refuse({ code: 'cli/ledger-record', message })
}
