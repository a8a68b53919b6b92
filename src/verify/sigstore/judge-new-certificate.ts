// A certificate that was just issued, and the timestamps over the signature by its key: judged before a log makes them public. The log
// entry is what is missing to a bundle yet; with it, all is judged anew.

import type { Check } from '../../core/index.ts'
import type { NamedRoot } from '../../trust/index.ts'
import { type Leaf, readLeaf } from './certificate/leaf.ts'
import { authorityUnknown, type Candidates, checkPath, findCandidates } from './certificate/path.ts'
import { checkPromises } from './certificate/promises.ts'
import type { NewCertificateFinding, NewCertificateQuestion } from './sigstore.ts'
import { checkTimestamps, wordOf } from './timestamp/timestamps.ts'

/** See {@link Sigstore.judgeNewCertificate}. */
export function judgeNewCertificate(question: NewCertificateQuestion): NewCertificateFinding {
  const { leaf, checks } = readLeaf([question.certificate])
  if (leaf === undefined) return { checks }
  const { roots } = question
  const findings = roots.flatMap((root) => {
    const candidates = findCandidates(leaf, root)
    if (candidates === undefined) return []
    return [{ root, checks: judgeUnder(root, leaf, { ...question, candidates }) }]
  })
  const accepted = findings.find((finding) => isAccepted(finding.checks))
  const told = (accepted ?? findings[0])?.checks ?? [authorityUnknown(leaf, roots)]
  return {
    checks: [...checks, ...told],
    ...(accepted !== undefined && { identity: leaf.identity, root: accepted.root }),
  }
}

function judgeUnder(
  root: NamedRoot,
  leaf: Leaf,
  {
    signature,
    timestamps,
    candidates,
  }: NewCertificateQuestion & { readonly candidates: Candidates },
): readonly Check[] {
  const stamped = checkTimestamps(timestamps, signature, [root])
  const { path, checks } = checkPath(leaf, candidates, stamped.times.map(wordOf))
  const isPromised = path !== undefined && root.root.certificateLogs.length > 0
  return [...stamped.checks, ...checks, ...(isPromised ? [checkPromises(leaf, path, root)] : [])]
}

function isAccepted(checks: readonly Check[]): boolean {
  return checks.every(({ outcome }) => outcome === 'accepted')
}
