// Bundles and statements, in words.

import {
  type Bundle,
  type BundleFile,
  type FoundBundle,
  isInTotoPayloadType,
} from '../../bundle/index.ts'
import type { Problem } from '../../core/index.ts'
import {
  parseStatement,
  predicateNameOf,
  type Statement,
  type Subject,
} from '../../statement/index.ts'
import type { Fact, Inspection } from './inspection.ts'

/** Subjects that are listed; more are counted. */
const SUBJECTS_SHOWN_MAX = 30

/** One bundle, or each of a file's. */
export function describeBundleFile({ form, bundles }: BundleFile): Inspection {
  const [only, ...others] = bundles
  if (only?.at === undefined && only !== undefined && others.length === 0) {
    return { kind: form, facts: describeFound(only) }
  }
  const facts = bundles.map((found): Fact => {
    return {
      label: found.at ?? 'bundle',
      value: found.bundle.ok ? 'bundle' : 'malformed',
      facts: describeFound(found),
    }
  })
  const isLines = form === 'lines of Sigstore bundles'
  return { kind: isLines ? `${bundles.length} ${form}` : form, facts }
}

function describeFound({ beside, bundle }: FoundBundle): readonly Fact[] {
  return [
    ...(beside === undefined ? [] : [{ label: 'unsigned, beside it', value: beside }]),
    ...(bundle.ok ? describeBundle(bundle.value) : describeProblems(bundle.problems)),
  ]
}

function describeBundle(bundle: Bundle): readonly Fact[] {
  const { version, keyMaterial, logEntries, timestamps, content } = bundle
  return [
    { label: 'version', value: version },
    keyMaterial.kind === 'public-key'
      ? { label: 'hints at the key', value: keyMaterial.hint === '' ? 'none' : keyMaterial.hint }
      : { label: 'carries', value: keyMaterial.kind },
    { label: 'log entries', value: String(logEntries.length) },
    { label: 'timestamps', value: String(timestamps.length) },
    ...(content.kind === 'dsse'
      ? describeEnvelope(content.envelope)
      : [{ label: 'signs', value: 'the bytes of an artifact, which are not in the bundle' }]),
  ]
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

function describeProblems(problems: readonly Problem[]): readonly Fact[] {
  return problems.map(({ message, at, because = [] }) => ({
    label: 'malformed',
    value: at === undefined ? message : `${message} (${at})`,
    ...(because.length > 0 && { facts: describeProblems(because) }),
  }))
}
