// The source of a provenance held against the expected one: repository, commit, and the ref as a tag, a version or a branch.

import { type Check, quote } from '../../core/index.ts'
import { failed, passed } from '../check.ts'
import type { ProvenanceExpectation } from '../expectation.ts'
import type { VerifyCode } from '../problem.ts'
import { describeAskedSource } from './asked.ts'
import { compareText } from './comparison.ts'
import type { ProvenanceFacts } from './provenance-facts.ts'
import {
  type AddressedClaim,
  mergeClaims,
  parseSourceUri,
  type SourceClaim,
} from './source-claim.ts'
import { isTagOfVersion } from './versioned-tag.ts'

const TAG = 'refs/tags/'
const BRANCH = 'refs/heads/'

/** One check for each expectation of the source; what only the certificate says of it, counts too. */
export function checkSource(
  { findSource }: ProvenanceFacts,
  certified: AddressedClaim | undefined,
  asked: ProvenanceExpectation,
): readonly Check[] {
  const expected = describeAskedSource(asked)
  if (expected === '') return []
  const source = findSource(certified)
  if (source === 'none') {
    const message = 'The provenance does not name its source'
    const facts = { expected, found: 'none' }
    return [failed('source', 'missing', 'verify/source-missing', message, facts)]
  }
  if (source === 'several') {
    const message = 'The provenance names several sources, or its parts disagree about the one'
    const facts = { expected, found: 'no one source' }
    return [failed('source', 'rejected', 'verify/source-ambiguous', message, facts)]
  }
  const { sourceUri, sourceDigest, sourceTag, sourceVersionedTag, sourceBranch } = asked
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

/** nothing is added, not even a scheme; a ref is compared only where the expectation has one. */
function compareUri(expected: string, source: SourceClaim): readonly Check[] {
  if (source.uri === undefined) {
    const message = 'The provenance does not name an address of its source'
    const facts = { expected: quote(expected), found: 'none' }
    return [failed('source-uri', 'missing', 'verify/source-missing', message, facts)]
  }
  const parsed = parseSourceUri(expected)
  if (parsed === undefined) {
    const message = 'The source URI is not the expected one'
    return [
      failed('source-uri', 'rejected', 'verify/source-uri', message, {
        expected: quote(expected),
        found: quote(source.uri),
        hint: 'It is compared as it is, and a source URI begins with its scheme: https://HOST/PATH',
      }),
    ]
  }
  return [
    ...compareText('source URI', 'verify/source-uri', parsed.uri, source.uri),
    ...compareText('source ref', 'verify/source-uri', parsed.ref, source.ref),
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
