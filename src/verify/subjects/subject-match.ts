// The artifacts that are at hand, held against the subjects of a statement (STM-4: by digest; ).

import { type Check, quote } from '../../core/index.ts'
import {
  compareDigests,
  isAcceptedAlgorithm,
  type Statement,
  type Subject,
} from '../../statement/index.ts'
import { checkContents, matchSet } from './set-match.ts'
import { listUncompared } from './uncompared.ts'
import { callSubject, nameOf } from './subject-name.ts'
import { failed, passed } from '../check.ts'
import type { ExpectedArtifact, ExpectedArtifacts } from '../expectation.ts'
import type { MatchedSubject } from '../verified.ts'

/** What the comparison came to; the subjects that matched are evidence only where every check was accepted. */
export interface SubjectMatch {
  readonly checks: readonly Check[]
  readonly matched: readonly MatchedSubject[]
}

/** Compares every artifact with every subject; the order of the subjects means nothing. */
export function matchSubjects({ subjects }: Statement, expected: ExpectedArtifacts): SubjectMatch {
  switch (expected.kind) {
    case 'set':
      return matchSet(subjects, expected)
    case 'contents': {
      const { checks, matched } = matchArtifact(subjects, expected.archive)
      return { checks: [...checks, ...checkContents(expected)], matched }
    }
    case 'artifacts':
      return matchEach(subjects, expected.artifacts)
  }
}

function matchEach(
  subjects: readonly Subject[],
  artifacts: readonly ExpectedArtifact[],
): SubjectMatch {
  const matches = artifacts.map((artifact) => matchArtifact(subjects, artifact))
  return {
    checks: matches.flatMap(({ checks }) => checks),
    matched: matches.flatMap(({ matched }) => matched),
  }
}

function matchArtifact(subjects: readonly Subject[], artifact: ExpectedArtifact): SubjectMatch {
  let match: Subject | undefined
  let comparable = false
  for (const subject of subjects) {
    const comparison = compareDigests(artifact.digest, subject.digest)
    // all digests are compared within one subject, never over several.
    if (comparison === 'contradiction')
      return { checks: [contradiction(subject, artifact)], matched: [] }
    if (comparison === 'equal') match ??= subject
    if (comparison !== 'incomparable') comparable = true
  }
  if (match === undefined)
    return { checks: [unmatched(subjects, artifact, comparable)], matched: [] }
  const matched = matchedSubject(artifact, match)
  return {
    checks: [
      passed('subject', matchMessage(matched), matchFacts(matched)),
      ...listUncompared([match], Object.keys(artifact.digest)),
    ],
    matched: [matched],
  }
}

/** The digest to show: of the algorithms that a verifier would pick first, the first that all of them have. */
function showDigest(...digests: readonly Subject['digest'][]): string {
  const algorithm = ['sha256', 'sha512', 'sha384', 'dirHash', 'gitCommit'].find((name) =>
    digests.every((digest) => Object.hasOwn(digest, name)),
  )
  return algorithm === undefined ? 'no accepted digest' : `${algorithm}:${digests[0]?.[algorithm]}`
}

function matchedSubject({ name, digest }: ExpectedArtifact, subject: Subject): MatchedSubject {
  const other = nameOf(subject)
  return {
    artifact: name,
    digest: showDigest(digest, subject.digest),
    ...(other !== undefined && { subject: other }),
  }
}

function matchMessage({ artifact, subject }: MatchedSubject): string {
  const other =
    subject === undefined || subject === artifact ? '' : `, which it calls ${quote(subject)}`
  return `The statement is about ${quote(artifact)}${other}`
}

function matchFacts({ artifact, digest, subject }: MatchedSubject) {
  const named = subject === undefined || subject === artifact
  return { expected: digest, found: named ? digest : `${digest} as ${quote(subject)}` }
}

function contradiction(subject: Subject, { name, digest }: ExpectedArtifact): Check {
  return failed(
    'subject',
    'rejected',
    'verify/subject-contradiction',
    `One digest of the subject ${callSubject(subject)} is of ${quote(name)}, and another is not`,
    { expected: listDigests(digest), found: listDigests(subject.digest) },
  )
}

function unmatched(
  subjects: readonly Subject[],
  { name, digest }: ExpectedArtifact,
  comparable: boolean,
): Check {
  const found = describeSubjects(subjects)
  if (comparable) {
    const message = `The statement is not about ${quote(name)}`
    const expected = listDigests(comparablePart(digest, subjects))
    return failed('subject', 'rejected', 'verify/subject-missing', message, { expected, found })
  }
  const facts = { expected: listDigests(digest), found }
  const message = `No subject has a digest that can be compared with ${quote(name)}`
  return failed('subject', 'rejected', 'verify/subject-incomparable', message, facts)
}

/** The digests that some subject has, too: the others were compared with nothing. */
function comparablePart(
  digest: Subject['digest'],
  subjects: readonly Subject[],
): Subject['digest'] {
  const shared = Object.entries(digest).filter(([algorithm]) =>
    subjects.some((subject) => Object.hasOwn(subject.digest, algorithm)),
  )
  return Object.fromEntries(shared)
}

/** Subjects that one message shows; the statement may have thousands. */
const SHOWN_MAX = 3

function describeSubjects(subjects: readonly Subject[]): string {
  const shown = subjects
    .slice(0, SHOWN_MAX)
    .map((subject) => `${callSubject(subject)}, ${showDigest(subject.digest)}`)
  const more = subjects.length - shown.length
  return more > 0 ? `${shown.join('; ')} and ${more} more` : shown.join('; ')
}

function listDigests(digest: Subject['digest']): string {
  return Object.keys(digest)
    .map((algorithm) => {
      const text = `${algorithm}:${digest[algorithm]}`
      // Names of our own need no quotes; any other is a text of the document.
      return isAcceptedAlgorithm(algorithm) ? text : quote(text)
    })
    .join(', ')
}
