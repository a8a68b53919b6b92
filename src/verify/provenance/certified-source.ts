// What the certificate of the signer says of the source. Its issuer has seen it, and nothing in the build can change it; a builder
// that says something else is not believed.

import { type Check, quote } from '../../core/index.ts'
import { failed, passed } from '../check.ts'
import type { SignerIdentity } from '../signer/find-signer.ts'
import { GITHUB_ISSUER } from './builder-pair.ts'
import {
  type AddressedClaim,
  mergeClaims,
  type SourceClaim,
  type SourceFinding,
} from './source-claim.ts'

/** The source in the claims of the certificate; the older ones name a repository of GitHub without its address (FUL-3). */
export function certifiedSource(signer: SignerIdentity): AddressedClaim | undefined {
  if (signer.type !== 'certificate') return undefined
  const { issuer, claims } = signer.identity
  const repository = claims.githubWorkflowRepository
  const isGitHub = issuer === GITHUB_ISSUER && repository !== undefined
  const uri =
    claims.sourceRepositoryUri ?? (isGitHub ? `https://github.com/${repository}` : undefined)
  if (uri === undefined) return undefined
  const ref = claims.sourceRepositoryRef ?? claims.githubWorkflowRef
  const commit = claims.sourceRepositoryDigest ?? claims.githubWorkflowSha
  return { uri, ...(ref !== undefined && { ref }), ...(commit !== undefined && { commit }) }
}

/** Nothing to hold against each other: nothing is checked. That a source is named at all, is an expectation. */
export function checkCertifiedSource(
  certified: AddressedClaim,
  found: SourceFinding,
): readonly Check[] {
  if (found === 'none' || !isComparable(certified, found)) return []
  const facts = {
    expected: describe(certified),
    found: found === 'several' ? 'no one source' : describe(found),
  }
  if (found !== 'several' && mergeClaims(found, certified) !== undefined) {
    const message = 'The provenance names the source that the certificate of its signer names'
    return [passed('source-certificate', message, facts)]
  }
  const message = 'The provenance names another source than the certificate of its signer'
  return [failed('source-certificate', 'rejected', 'verify/source-certificate', message, facts)]
}

/** A commit of a repository without an address can be held against a commit alone. */
function isComparable({ commit }: AddressedClaim, found: SourceClaim | 'several'): boolean {
  return found === 'several' || found.uri !== undefined || commit !== undefined
}

function describe({ uri, ref, commit }: SourceClaim): string {
  return [uri ?? [], ref ?? [], commit ?? []].flat().map(quote).join(' ')
}
