// A signature by a certificate, judged under each trusted root by itself: the root that issued the certificate is also the one whose
// logs and timestamp authorities vouch for it (TR-5, A-11).

import { type Check, quote } from '../../core/index.ts'
import type { CertificateAuthority, NamedRoot } from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import { bytesNeeded } from '../signed-content.ts'
import { codeChainOf, lifeOf } from './certificate/authority.ts'
import { type Leaf, readLeaf } from './certificate/leaf.ts'
import { authorityUnknown, type Candidates, checkPath, findCandidates } from './certificate/path.ts'
import { checkPromises } from './certificate/promises.ts'
import { isSignedByCertificate } from './content-signature.ts'
import { checkTimes, type Evidence, judgeEvidence } from './evidence.ts'
import { describeEnded, type Windowed } from './ended.ts'
import { checkSecondVerifier } from './second/second-verifier.ts'
import type { CertificateFinding, CertifiedSigner, MaterialQuestion } from './sigstore.ts'

interface CertificateQuestion extends MaterialQuestion {
  readonly chain: readonly [Uint8Array, ...Uint8Array[]]
}

/** See {@link Sigstore.judgeCertificate}. */
export function judgeCertificate(question: CertificateQuestion): CertificateFinding {
  const { leaf, checks: profile } = readLeaf(question.chain)
  if (leaf === undefined) return { checks: profile }
  const signature = checkSignature(leaf, question)
  const own = [...profile, signature]
  const isSigned = signature.outcome === 'accepted'
  const { roots } = question
  const findings = roots.flatMap((root) => {
    const candidates = findCandidates(leaf, root)
    return candidates === undefined
      ? []
      : [judgeUnder(root, leaf, { ...question, candidates, isSigned })]
  })
  const best = findings.find(isAccepted) ?? findings[0]
  if (best === undefined) return { checks: [...own, authorityUnknown(leaf, roots)] }
  const checks = [...own, ...best.checks]
  return isAccepted({ checks }) ? { checks, signer: describeSigner(leaf, best) } : { checks }
}

interface RootFinding {
  readonly root: NamedRoot
  readonly checks: readonly Check[]
  readonly evidence: Evidence
}

function describeSigner(
  { identity, keyType }: Leaf,
  { root, evidence: { times, entries, timestamps } }: RootFinding,
): CertifiedSigner {
  return { identity, keyType, root, times, logEntries: entries.length, timestamps }
}

function isAccepted({ checks }: Pick<RootFinding, 'checks'>): boolean {
  return checks.every(({ outcome }) => outcome === 'accepted')
}

/** A root that knows authorities of which the certificate may be: no other can say anything of it. */
interface RootQuestion extends CertificateQuestion {
  readonly candidates: Candidates
  readonly isSigned: boolean
}

function judgeUnder(
  root: NamedRoot,
  leaf: Leaf,
  { candidates, isSigned, ...question }: RootQuestion,
): RootFinding {
  const { certificateLogs, transparencyLogs } = root.root
  const evidence = judgeEvidence({ ...question, roots: [root] }, { certificate: leaf.der })
  const { path, checks: pathChecks } = checkPath(leaf, candidates, evidence.times)
  const isPromised = path !== undefined && certificateLogs.length > 0
  const checks = [
    ...evidence.checks,
    // GH-2: a root without logs, as GitHub's own, says by that that none are to be expected.
    ...(transparencyLogs.length === 0 || evidence.entries.length > 0 ? [] : [entryMissing()]),
    ...checkTimes(evidence, question.asOf),
    ...pathChecks,
    ...(isPromised ? [checkPromises(leaf, path, root)] : []),
  ]
  if (!isAccepted({ checks })) return { root, checks, evidence }
  // Where our own answer is no already, its own would only say so again.
  const second = isSigned ? checkSecondVerifier(question, root.root, { leaf }) : []
  /* v8 ignore next -- `checkPath` accepts nothing without a path */
  const authority = path === undefined ? [] : [describeAuthority(path.authority)]
  const ended = describeEnded([...authority, ...evidence.witnesses], question)
  return { root, checks: [...checks, ...second, ...ended], evidence }
}

function describeAuthority(authority: CertificateAuthority): Windowed {
  const validFor = lifeOf(authority, codeChainOf(authority))
  return { name: `the authority ${quote(authority.uri)}`, validFor }
}

function checkSignature(
  { publicKey, keyType, spki, identity }: Leaf,
  { signed }: CertificateQuestion,
): Check {
  const isSigned = isSignedByCertificate({ type: keyType, key: publicKey, spki }, signed)
  if (isSigned === undefined) return bytesNeeded()
  const who = quote(identity.san.value)
  const facts = {
    expected: 'a signature by the key of the certificate',
    found: `${keyType}, ${who}`,
  }
  if (isSigned) return passed('signature', 'The key of the certificate signed these bytes', facts)
  const message = 'The signature is not of the key of the certificate over these bytes'
  return failed('signature', 'rejected', 'verify/certificate-signature-invalid', message, facts)
}

function entryMissing(): Check {
  const message = 'No trusted log is shown to hold the signature'
  return failed('log-entry', 'missing', 'verify/log-entry-missing', message, {
    expected: 'an entry in a log of the trusted root',
    found: 'none that counts',
  })
}
