// A certificate that was just issued, and the timestamps over the signature by its key: judged before a log makes them public. The log
// entry is what is missing to a bundle yet; with it, all is judged anew.

import type { Check } from '../../core/index.ts'
import type { NamedRoot } from '../../trust/index.ts'
import { type Leaf, readLeaf } from './certificate/leaf.ts'
import { checkPath } from './certificate/path.ts'
import { checkPromises } from './certificate/promises.ts'
import type { NewCertificateFinding, NewCertificateQuestion } from './sigstore.ts'
import { checkTimestamps } from './timestamp/timestamps.ts'

/** See {@link Sigstore.judgeNewCertificate}. */
export function judgeNewCertificate(question: NewCertificateQuestion): NewCertificateFinding {
  const { leaf, checks } = readLeaf([question.certificate])
  if (leaf === undefined) return { checks }
  const findings = question.roots.map((root) => judgeUnder(root, leaf, question))
  const accepted = findings.find(isAccepted)
  // The root that issued the certificate has the reasons that help.
  const told = accepted ?? findings.find(isOfIssuer) ?? findings[0] ?? []
  return {
    checks: [...checks, ...told],
    ...(accepted !== undefined && { identity: leaf.identity }),
  }
}

function judgeUnder(
  root: NamedRoot,
  leaf: Leaf,
  { signature, timestamps }: NewCertificateQuestion,
): readonly Check[] {
  const stamped = checkTimestamps(timestamps, signature, [root])
  const instants = stamped.times.map(({ at }) => at)
  const { path, checks } = checkPath(leaf, [root], instants)
  const { certificateLogs } = root.root
  const isPromised = path !== undefined && certificateLogs.length > 0
  const promises = isPromised ? checkPromises(leaf, path, [root]).checks : []
  return [...stamped.checks, ...checks, ...promises]
}

function isAccepted(checks: readonly Check[]): boolean {
  return checks.every(({ outcome }) => outcome === 'accepted')
}

function isOfIssuer(checks: readonly Check[]): boolean {
  return !checks.some(({ code }) => code === 'verify/certificate-authority-unknown')
}
