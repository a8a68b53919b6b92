// Every log and authority of a trusted root, and whether it may be believed at an instant.

import { X509Certificate } from 'node:crypto'
import type { Instant } from '../../../core/index.ts'
import type { CertificateAuthority, TransparencyLog, TrustedRoot } from './trusted-root.ts'
import { type PeriodStanding, standingAt } from './validity-period.ts'

/** One log or authority. */
export interface RootMember {
  readonly kind: 'log' | 'certificate log' | 'certificate authority' | 'timestamp authority'
  /** The origin of a log, the URI of an authority; empty where the root gives none. */
  readonly name: string
  readonly start: Instant
  /** The last instant: the root's word, or the end of the first certificate that ends. */
  readonly end?: Instant
  readonly standing: PeriodStanding | 'not-usable'
}

/** All of them, in the order of the document. */
export function judgeRoot(root: TrustedRoot, at: Instant): readonly RootMember[] {
  return [
    ...root.transparencyLogs.map((log) => judgeLog('log', log, at)),
    ...root.certificateLogs.map((log) => judgeLog('certificate log', log, at)),
    ...root.unusableLogs.map(({ kind, origin, validFor }) => ({
      kind,
      name: origin,
      ...validFor,
      standing: 'not-usable' as const,
    })),
    ...root.certificateAuthorities.map((one) => judgeAuthority('certificate authority', one, at)),
    ...root.timestampAuthorities.map((one) => judgeAuthority('timestamp authority', one, at)),
  ]
}

function judgeLog(
  kind: RootMember['kind'],
  { origin, validFor }: TransparencyLog,
  at: Instant,
): RootMember {
  return judge({ kind, name: origin, ...validFor }, at)
}

function judgeAuthority(
  kind: RootMember['kind'],
  { uri, validFor, certificates }: CertificateAuthority,
  at: Instant,
): RootMember {
  const ends = certificates.map((bytes) => new X509Certificate(bytes).validToDate.getTime())
  return judge(
    { kind, name: uri, start: validFor.start, end: Math.min(validFor.end ?? Infinity, ...ends) },
    at,
  )
}

function judge(member: Omit<RootMember, 'standing'>, at: Instant): RootMember {
  return { ...member, standing: standingAt(member, at) }
}
