// The source of a provenance held against the expected one: repository, commit, and the ref as a tag, a version or a branch.

import { type Check, quote } from '../../core/index.ts'
import { failed, passed } from '../check.ts'
import type { ProvenanceExpectation } from '../expectation.ts'
import type { VerifyCode } from '../problem.ts'
import { compareText } from './comparison.ts'
import type { ProvenanceFacts } from './provenance-facts.ts'
import { mergeClaims, parseSourceUri, type SourceClaim } from './source-claim.ts'
import { isTagOfVersion } from './versioned-tag.ts'

const TAG = 'refs/tags/'
const BRANCH = 'refs/heads/'

/** One check for each expectation of the source; what only the certificate says of it, counts too. */
export function checkSource(
  { findSource }: ProvenanceFacts,
  certified: SourceClaim | undefined,
  { sourceUri, sourceDigest, sourceTag, sourceVersionedTag, sourceBranch }: ProvenanceExpectation,
): readonly Check[] {
  const asked = [sourceUri, sourceDigest, sourceTag, sourceVersionedTag, sourceBranch]
  if (asked.every((one) => one === undefined)) return []
  const source = findSource(certified)
  if (source === 'none') {
    const message = 'The provenance does not name its source'
    return [failed('source', 'missing', 'verify/source-missing', message)]
  }
  if (source === 'several') {
    const message = 'The provenance names several sources, or its parts disagree about the one'
    return [failed('source', 'rejected', 'verify/source-ambiguous', message)]
  }
  const merged = certified === undefined ? undefined : mergeClaims(source, certified)
  const { commit, ref } = merged ?? source
  return [
    ...(sourceUri === undefined ? [] : compareUri(sourceUri, source)),
    ...compareText('source digest', 'verify/source-digest', sourceDigest, commit),
    ...compareRef('source tag', 'verify/source-tag', prefixed(TAG, sourceTag), ref),
    ...(sourceVersionedTag === undefined ? [] : checkVersion(sourceVersionedTag, ref)),
    ...compareRef('source branch', 'verify/source-branch', prefixed(BRANCH, sourceBranch), ref),
  ]
}

function prefixed(prefix: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${prefix}${name}`
}

/** `host/path` stands for `https://host/path`; a ref is compared only where the expectation has one. */
function compareUri(expected: string, source: SourceClaim): readonly Check[] {
  const full = expected.includes('://') ? expected : `https://${expected}`
  const { uri = full, ref } = parseSourceUri(full) ?? {}
  return [
    ...compareText('source URI', 'verify/source-uri', uri, source.uri),
    ...compareText('source ref', 'verify/source-uri', ref, source.ref),
  ]
}

/** a branch that is called as the tag is no tag, and has a code of its own. */
function compareRef(
  what: string,
  code: VerifyCode,
  expected: string | undefined,
  found: string | undefined,
): readonly Check[] {
  const isOther =
    expected !== undefined && found !== undefined && kindOf(expected) !== kindOf(found)
  return compareText(what, isOther ? 'verify/source-ref-kind' : code, expected, found)
}

function checkVersion(expected: string, ref: string | undefined): readonly Check[] {
  const what = 'source versioned tag'
  if (ref === undefined || kindOf(ref) !== TAG) {
    return compareRef(what, 'verify/source-versioned-tag', `${TAG}${expected}`, ref)
  }
  const tag = ref.slice(TAG.length)
  const facts = { expected: quote(expected), found: quote(tag) }
  if (isTagOfVersion(tag, expected)) {
    return [passed('source-versioned-tag', 'The source tag is of the expected version', facts)]
  }
  const message = 'The source tag is not of the expected version'
  const code = 'verify/source-versioned-tag'
  return [failed('source-versioned-tag', 'rejected', code, message, facts)]
}

/** `refs/tags/`, `refs/heads/`, or whatever else a ref begins with. */
function kindOf(ref: string): string {
  return ref.replace(/^(refs\/[^/]+\/)?.*$/su, '$1')
}
