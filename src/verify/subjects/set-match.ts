// A whole set, closed-world, held against the subjects of a statement: exactly these names with exactly this content.
// A set subject carries the digest of SHA256SUMS, which is the set's dirHash; it may stand for the artifacts, alone.

import { type Check, countOf, quote } from '../../core/index.ts'
import {
  type Artifact,
  checkSet,
  compareSets,
  digestBytes,
  type DigestedPath,
  type SymbolicLink,
} from '../../digest/index.ts'
import { compareDigests, type DigestSet, type Subject } from '../../statement/index.ts'
import { failed, passed } from '../check.ts'
import type { ExpectedArtifacts, FoundSet } from '../expectation.ts'
import { type Manifest, manifestOf } from './set-manifest.ts'
import type { SubjectMatch } from './subject-match.ts'
import { listUncompared } from './uncompared.ts'
import { callSubject, nameOf } from './subject-name.ts'
import type { MatchedSubject } from '../verified.ts'

/** Every artifact of the set must be a subject, and every subject an artifact or the set itself. */
export function matchSet(subjects: readonly Subject[], expected: FoundSet): SubjectMatch {
  const { set } = expected
  const manifest = manifestOf(set.artifacts)
  const [wholes, parts] = splitSubjects(subjects, manifest.sha256)
  const isAlone = parts.length === 0
  const checks: Check[] = wholes.map((whole) => checkWhole(whole, manifest, isAlone))
  checks.push(...listUncompared(wholes, ['sha256', 'sha384', 'sha512', 'dirHash']))
  const matched: MatchedSubject[] = wholes.map((whole) => matchedSet(whole, manifest))
  if (parts.length > 0) {
    const compared = compareParts(parts, set.artifacts)
    checks.push(...compared.checks)
    matched.push(...compared.matched)
  }
  checks.push(...checkUncovered(expected))
  return { checks, matched }
}

/** What was found, held against the contents of the signed archive. */
export function checkContents(expected: ExpectedContents): readonly Check[] {
  const difference = compareSets(expected.contents, expected.set.artifacts)
  return [checkSet(difference), ...checkUncovered(expected)]
}

type ExpectedContents = Extract<ExpectedArtifacts, { kind: 'contents' }>

function splitSubjects(subjects: readonly Subject[], identity: string) {
  const wholes: Subject[] = []
  const parts: Subject[] = []
  for (const subject of subjects) {
    const { digest } = subject
    const isWhole = Object.hasOwn(digest, 'dirHash') || digest['sha256'] === identity
    ;(isWhole ? wholes : parts).push(subject)
  }
  return [wholes, parts] as const
}

/** A set that stands alone does not name its artifacts, so that the digest can not say which of them differ. */
function checkWhole(subject: Subject, { bytes, sha256 }: Manifest, isAlone: boolean): Check {
  const { digest } = subject
  const found: Record<string, string> = { sha256, dirHash: sha256 }
  // X6: every accepted digest of the subject that can be computed must agree.
  for (const algorithm of ['sha384', 'sha512'] as const) {
    if (Object.hasOwn(digest, algorithm)) found[algorithm] = digestBytes(algorithm, bytes)
  }
  const facts = { expected: showSetDigest(digest), found: `sha256:${sha256}` }
  if (compareDigests(digest, found) === 'equal') {
    return passed('set-digest', `The statement is about the set ${callSubject(subject)}`, facts)
  }
  const message = `The statement is about another set, ${callSubject(subject)}`
  return failed('set-digest', 'rejected', 'verify/set-digest', message, {
    ...facts,
    ...(isAlone && { hint: 'What differs: assay digest --check SHA256SUMS PATH' }),
  })
}

function matchedSet(subject: Subject, { sha256 }: Manifest): MatchedSubject {
  const name = nameOf(subject)
  const digest = `sha256:${sha256}`
  return { artifact: 'SHA256SUMS', digest, ...(name !== undefined && { subject: name }) }
}

/** Compares the subjects of artifacts with those of the set, by name; the whole comparison is written only where they differ. */
function compareParts(parts: readonly Subject[], artifacts: readonly Artifact[]): SubjectMatch {
  const byName = new Map<string | undefined, Subject>()
  for (const subject of parts) byName.set(subject.name, subject)
  const isClear = byName.size === parts.length && parts.every(isNamed) && parts.every(isComparable)
  if (!isClear) return { checks: checkNames(parts), matched: [] }
  if (artifacts.length === parts.length && artifacts.every((one) => isSubject(one, byName))) {
    const found = countOf(artifacts.length, 'artifact')
    const matched = artifacts.map(({ path, sha256 }) => {
      return { artifact: path, subject: path, digest: `sha256:${sha256}` }
    })
    const check = passed('artifact-set', 'The set is exactly the expected one', { found })
    return {
      checks: [check, ...listUncompared(parts, ['sha256', ...known512(artifacts)])],
      matched,
    }
  }
  return { checks: [checkSet(compareSets(parts.map(toPath), artifacts))], matched: [] }
}

/** X6: each digest that both have agrees, and there is one. */
function isSubject(
  { path, sha256, sha512 }: Artifact,
  byName: ReadonlyMap<string | undefined, Subject>,
): boolean {
  const digest = byName.get(path)?.digest
  if (digest === undefined) return false
  const named256 = digest['sha256']
  const named512 = sha512 === undefined ? undefined : digest['sha512']
  if ((named256 ?? named512) === undefined) return false
  return (named256 ?? sha256) === sha256 && (named512 ?? sha512) === sha512
}

/** A manifest has no SHA-512: what it is asked about is then shown. */
function known512(artifacts: readonly Artifact[]): readonly string[] {
  return artifacts.every(({ sha512 }) => sha512 !== undefined) ? ['sha512'] : []
}

/** Names can be compared only where each subject has one of its own, and a digest that a set has too. */
function checkNames(parts: readonly Subject[]): readonly Check[] {
  const seen = new Set<string>()
  return parts.flatMap((subject) => {
    const name = nameOf(subject)
    if (name === undefined || seen.has(name)) {
      const found = name === undefined ? 'a subject without a name' : `two subjects ${quote(name)}`
      const message = 'A set is compared by names, and the subjects can not be told apart by them'
      const facts = { expected: 'each subject under a name of its own', found }
      return [failed('subject', 'rejected', 'verify/subject-name', message, facts)]
    }
    seen.add(name)
    if (isComparable(subject)) return []
    const message = `The digests of the subject ${quote(name)} can not be compared with a set`
    const facts = {
      expected: 'sha256 or sha512, and no sha384, which nobody computes for a set',
      found: Object.keys(subject.digest).map(quote).join(', '),
      hint: 'Compare the file by itself with --artifact',
    }
    return [failed('subject', 'rejected', 'verify/subject-incomparable', message, facts)]
  })
}

function isNamed(subject: Subject): boolean {
  return nameOf(subject) !== undefined
}

/** X6: a digest of bytes that nothing is compared with may contradict the others. */
function isComparable({ digest }: Subject): boolean {
  if (digest['sha384'] !== undefined) return false
  return digest['sha256'] !== undefined || digest['sha512'] !== undefined
}

function toPath({ name, digest }: Subject): DigestedPath {
  const { sha256, sha512 } = digest as { sha256?: string; sha512?: string }
  return {
    // checkNames() has refused subjects without one.
    path: name as string,
    ...(sha256 !== undefined && { sha256 }),
    ...(sha512 !== undefined && { sha512 }),
  }
}

/** What lies in the set and no signature covers: links, which are never followed, and what was left out on request. */
export function checkUncovered({
  set,
  links = 'refuse',
  leftOut = [],
}: FoundSet): readonly Check[] {
  return [
    ...set.links.map((link) => checkLink(link, links)),
    ...leftOut.map(({ path, reason }) =>
      passed('left-out', `${quote(path)} is not part of the set: ${reason}`),
    ),
  ]
}

function checkLink({ path, target }: SymbolicLink, links: 'refuse' | 'list'): Check {
  const message = `${quote(path)} is a symbolic link to ${quote(target)}, which is not followed and not signed`
  if (links === 'list') return passed('symbolic-link', message)
  const facts = {
    expected: 'no symbolic link',
    found: `${quote(path)} -> ${quote(target)}`,
    hint: 'Look at the links, then list them with --symlinks list',
  }
  return failed('symbolic-link', 'rejected', 'verify/link-extra', message, facts)
}

function showSetDigest({ sha256, dirHash }: DigestSet): string {
  return sha256 === undefined ? `dirHash:${dirHash}` : `sha256:${sha256}`
}
