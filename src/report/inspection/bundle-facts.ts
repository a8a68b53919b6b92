// Bundles and statements, in words.

import {
  type Bundle,
  type BundleFile,
  type BundleKeyMaterial,
  type DeclaredBundle,
  type FoundBundle,
  isInTotoPayloadType,
} from '../../bundle/index.ts'
import {
  parseStatement,
  predicateNameOf,
  type Statement,
  type Subject,
} from '../../statement/index.ts'
import type { CertificateReader } from '../../verify/index.ts'
import {
  describeCertificate,
  describeLogEntries,
  describeProblems,
  describeTimestamps,
} from './evidence-facts.ts'
import type { Fact, Inspection } from './inspection.ts'

/** Subjects that are listed; more are counted. */
const SUBJECTS_SHOWN_MAX = 30

/** One bundle, or each of a file's. */
export function describeBundleFile(
  { form, bundles }: BundleFile,
  read: CertificateReader,
): Inspection {
  const [only, ...others] = bundles
  if (only?.at === undefined && only !== undefined && others.length === 0) {
    return { kind: form, facts: describeFound(only, read) }
  }
  const facts = bundles.map((found): Fact => {
    return {
      label: found.at ?? 'bundle',
      value: found.bundle.ok ? 'bundle' : 'malformed',
      facts: describeFound(found, read),
    }
  })
  const isLines = form === 'lines of Sigstore bundles'
  return { kind: isLines ? `${bundles.length} ${form}` : form, facts }
}

/** What npm's registry serves of one version of a package. */
export function describeNpmAttestations(
  attestations: readonly DeclaredBundle[],
  read: CertificateReader,
): Inspection {
  const facts = attestations.map(({ declaredType, bundle }, index): Fact => {
    return {
      label: `/attestations/${index}`,
      value: bundle.ok ? 'bundle' : 'malformed',
      facts: describeFound({ beside: `predicate type ${declaredType}`, bundle }, read),
    }
  })
  return { kind: 'attestations of a package of npm', facts }
}

function describeFound({ beside, bundle }: FoundBundle, read: CertificateReader): readonly Fact[] {
  return [
    ...(beside === undefined ? [] : [{ label: 'unsigned, beside it', value: beside }]),
    ...(bundle.ok ? describeBundle(bundle.value, read) : describeProblems(bundle.problems)),
  ]
}

function describeBundle(bundle: Bundle, read: CertificateReader): readonly Fact[] {
  const { version, keyMaterial, logEntries, timestamps, content } = bundle
  return [
    { label: 'version', value: version },
    describeMaterial(keyMaterial, read),
    describeLogEntries(logEntries),
    describeTimestamps(timestamps),
    ...(content.kind === 'dsse'
      ? describeEnvelope(content.envelope)
      : [{ label: 'signs', value: 'the bytes of an artifact, which are not in the bundle' }]),
  ]
}

function describeMaterial(material: BundleKeyMaterial, read: CertificateReader): Fact {
  if (material.kind === 'public-key') {
    return { label: 'hints at the key', value: material.hint === '' ? 'none' : material.hint }
  }
  const certificates =
    material.kind === 'certificate' ? [material.certificate] : material.certificates
  return {
    label: 'carries',
    value: material.kind,
    facts: certificates.map((der) => describeCertificate(der, read)),
  }
}

function describeEnvelope({
  payloadType,
  payload,
}: {
  readonly payloadType: string
  readonly payload: Uint8Array
}): readonly Fact[] {
  return [
    { label: 'payload type', value: payloadType },
    ...(isInTotoPayloadType(payloadType)
      ? describePayload(payload)
      : [{ label: 'payload', value: `${payload.length} bytes, not a statement` }]),
  ]
}

/** A statement, or why it is none. */
export function describePayload(payload: Uint8Array): readonly Fact[] {
  const statement = parseStatement(payload, { versions: ['v1', 'v0.1'] })
  return statement.ok ? describeStatement(statement.value) : describeProblems(statement.problems)
}

function describeStatement({
  version,
  predicateType,
  predicate,
  subjects,
}: Statement): readonly Fact[] {
  const name = predicateNameOf(predicateType)
  const shown = subjects.slice(0, SUBJECTS_SHOWN_MAX).map(describeSubject)
  const more = subjects.length - shown.length
  return [
    { label: 'statement version', value: version },
    { label: 'predicate type', value: `${predicateType}${name === undefined ? '' : ` (${name})`}` },
    { label: 'predicate members', value: Object.keys(predicate).join(', ') || 'none' },
    {
      label: 'subjects',
      value: String(subjects.length),
      facts: more > 0 ? [...shown, { label: 'not shown', value: String(more) }] : shown,
    },
  ]
}

function describeSubject({ name, digest }: Subject): Fact {
  const digests = Object.keys(digest).map((algorithm) => `${algorithm}:${digest[algorithm]}`)
  return { label: 'subject', value: `${name ?? 'without a name'}, ${digests.join(', ')}` }
}
