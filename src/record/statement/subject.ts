// What a record is about, as the subjects of its statement say it: a set by its manifest, or a commit.

import { accept, quote, type Result, refuse } from '../../core/index.ts'
import { parseArtifactSetId, type Subject } from '../../statement/index.ts'
import type { Family, RecordHeader } from '../family.ts'
import type { RecordSubject } from '../ledger-record.ts'
import type { RecordProblem } from '../problem.ts'

const SHA256 = /^[0-9a-f]{64}$/
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/** The one subject of a record. */
export function encodeSubject(about: RecordSubject): Subject {
  return about.kind === 'set'
    ? { name: about.id, digest: { sha256: about.digest, dirHash: about.digest } }
    : { name: `git:${about.commit}`, digest: { gitCommit: about.commit } }
}

/** Reads it again: exactly one subject, of a kind that the family is about, and the one that the header names. */
export function readSubject(
  { name, about }: Pick<Family, 'name' | 'about'>,
  subjects: readonly Subject[],
  { release }: Pick<RecordHeader, 'release'>,
): Result<RecordSubject, RecordProblem> {
  const [subject, ...more] = subjects
  const found = subject === undefined || more.length > 0 ? undefined : takeSubject(subject)
  if (found === undefined || !about.includes(found.kind)) {
    const kinds = about.map((kind) => (kind === 'set' ? 'an artifact set' : 'a git commit'))
    return refuse({
      code: 'record/subject',
      message: `Expected ${kinds.join(' or ')} as the one subject of a record of the family ${name}, found ${describe(subjects)}`,
    })
  }
  const stated = found.kind === 'set' ? found.id : undefined
  if (stated === release?.artifactSetId) return accept(found)
  return refuse({
    code: 'record/subject',
    message: `Expected the subject to be the release of the record, found ${quote(stated ?? 'a commit')} and ${quote(release?.artifactSetId ?? 'no release')}`,
    at: '/release/artifactSetId',
  })
}

function takeSubject({ name = '', digest }: Subject): RecordSubject | undefined {
  const { sha256 = '', dirHash, gitCommit: commit = '' } = digest
  if (parseArtifactSetId(name).ok && SHA256.test(sha256) && sha256 === dirHash) {
    return { kind: 'set', id: name, digest: sha256 }
  }
  return name === `git:${commit}` && COMMIT.test(commit) ? { kind: 'commit', commit } : undefined
}

function describe(subjects: readonly Subject[]): string {
  if (subjects.length !== 1) return `${subjects.length} subjects`
  return quote(subjects[0]?.name ?? 'a subject without a name')
}
