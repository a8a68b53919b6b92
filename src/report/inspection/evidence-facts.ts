// What came with a signature, in words: certificates, log entries and timestamps. Whom would one have to trust?

import {
  type LogEntry,
  parseTimestampResponse,
  type TimestampResponse,
} from '../../bundle/index.ts'
import { countOf, encodeHex, encodeTimestamp, type Problem } from '../../core/index.ts'
import type { CertificateReader, UnverifiedCertificate } from '../../verify/index.ts'
import type { Fact, Inspection } from './inspection.ts'

/** Certificates of a file, the first of them perhaps a signer's. */
export function describeCertificates(
  certificates: readonly Uint8Array[],
  read: CertificateReader,
): Inspection {
  const [only, ...others] = certificates.map((der) => describeCertificate(der, read))
  if (only?.facts !== undefined && others.length === 0) {
    return { kind: only.label, facts: only.facts }
  }
  const facts = only === undefined ? others : [only, ...others]
  return { kind: countOf(facts.length, 'certificate'), facts }
}

/** A certificate: who it is for by whose word, until when, and who made it. */
export function describeCertificate(der: Uint8Array, read: CertificateReader): Fact {
  const certificate = read(der)
  if (!certificate.ok) {
    const value = `${der.length} bytes`
    return { label: 'certificate', value, facts: describeProblems(certificate.problems) }
  }
  const { san, subject, isAuthority } = certificate.value
  return {
    label: isAuthority ? 'certificate of an authority' : 'certificate',
    value: san?.value ?? (subject === '' ? 'without a name' : subject),
    facts: describeMembers(certificate.value),
  }
}

function describeMembers(certificate: UnverifiedCertificate): readonly Fact[] {
  const { san, issuer, claims = {}, problems, subject, authority } = certificate
  const { keyType, notBefore, notAfter, serialNumber, fingerprint } = certificate
  return [
    ...(san === undefined ? [] : [{ label: `name (${san.type})`, value: san.value }]),
    ...(issuer === undefined ? [] : [{ label: 'identity provider', value: issuer }]),
    ...Object.entries(claims).map(([label, value]) => ({ label, value })),
    ...describeProblems(problems),
    { label: 'valid from', value: encodeTimestamp(notBefore) },
    { label: 'valid until', value: encodeTimestamp(notAfter) },
    { label: 'key', value: keyType ?? 'of a kind that does not count' },
    ...(subject === '' ? [] : [{ label: 'subject', value: subject }]),
    { label: 'signed by', value: authority === '' ? 'nobody it names' : authority },
    { label: 'serial number', value: serialNumber },
    { label: 'digest', value: `sha256:${fingerprint}` },
  ]
}

/** Entries of logs: which log, where in it, and the time that it gives. */
export function describeLogEntries(entries: readonly LogEntry[]): Fact {
  return {
    label: 'log entries',
    value: String(entries.length),
    ...(entries.length > 0 && { facts: entries.map(describeLogEntry) }),
  }
}

function describeLogEntry(entry: LogEntry): Fact {
  const { logIndex, logId, kind, version, integratedTime, inclusionPromise, inclusionProof } = entry
  const checkpoint = inclusionProof?.checkpoint
  const [origin] = checkpoint?.split('\n') ?? []
  const evidence = [
    ...(inclusionPromise === undefined ? [] : ['a promise']),
    ...(inclusionProof === undefined ? [] : ['a proof']),
    ...(checkpoint === undefined ? [] : ['a checkpoint']),
  ]
  const time = integratedTime === undefined ? 'none' : encodeTimestamp(integratedTime)
  return {
    label: 'log entry',
    value: `${logIndex}, ${kind} ${version}`,
    facts: [
      { label: 'log', value: origin ?? 'without a name' },
      { label: 'log id', value: encodeHex(logId) },
      { label: 'time', value: time },
      { label: 'comes with', value: evidence.join(', ') || 'nothing' },
    ],
  }
}

/** Timestamps, by the time of each. */
export function describeTimestamps(timestamps: readonly Uint8Array[]): Fact {
  return {
    label: 'timestamps',
    value: String(timestamps.length),
    ...(timestamps.length > 0 && { facts: timestamps.map(describeTimestamp) }),
  }
}

function describeTimestamp(der: Uint8Array): Fact {
  const response = parseTimestampResponse(der)
  if (response.ok) return { label: 'timestamp', value: timeOf(response.value) }
  const facts = describeProblems(response.problems)
  return { label: 'timestamp', value: `${der.length} bytes`, facts }
}

function timeOf(response: TimestampResponse): string {
  return 'token' in response
    ? encodeTimestamp(response.token.info.at)
    : `refused by the authority, status ${response.refusedStatus}`
}

/** Why something can not be read, each problem with those below it. */
export function describeProblems(problems: readonly Problem[]): readonly Fact[] {
  return problems.map(({ message, at, because = [] }) => ({
    label: 'malformed',
    value: at === undefined ? message : `${message} (${at})`,
    ...(because.length > 0 && { facts: describeProblems(because) }),
  }))
}
