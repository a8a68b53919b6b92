// From bytes to what they seem to be: the content decides, never a name.

import { type BundleFile, parseBundleFile } from '../../bundle/index.ts'
import {
  accept,
  isJsonObject,
  type JsonObject,
  LIMITS,
  parseJson,
  type Problem,
  parseUtf8,
  type Result,
  refuse,
} from '../../core/index.ts'
import { parseManifest } from '../../digest/index.ts'
import { parseSnapshot, SNAPSHOT_SCHEMA } from '../../snapshot/index.ts'
import { parsePublicKey, parseTrust, parseTrustedRoot } from '../../trust/index.ts'
import { describeBundleFile, describePayload } from './bundle-facts.ts'
import {
  describeBom,
  describeKeySet,
  describeManifest,
  describeSnapshot,
} from './document-facts.ts'
import type { Inspection } from './inspection.ts'
import { describePublicKey, isPrivateKey, PRIVATE_KEY } from './key-facts.ts'
import { describeTrust, describeTrustedRoot } from './trust-facts.ts'

/** Describes the bytes, or tells why they can not be read as what they seem to be. */
export function inspectBytes(bytes: Uint8Array): Result<Inspection> {
  const text = parseUtf8(bytes)
  if (!text.ok) return notKnown()
  // First of all: of a private key nothing is parsed, quoted or shown, not even in a problem.
  if (isPrivateKey(text.value)) return accept(PRIVATE_KEY)
  if (!/^\s*[{[]/.test(text.value)) return inspectText(text.value, bytes)
  const json = parseJson(text.value, {
    stringMax: LIMITS.envelopeBytesMax,
    bytesMax: LIMITS.bundleFileBytesMax,
  })
  if (json.ok && isJsonObject(json.value)) return inspectObject(json.value, bytes)
  const file = parseBundleFile(bytes)
  const isBundles = file.ok && file.value.bundles.some(({ bundle }) => bundle.ok)
  if (isBundles) return accept(describeBundleFile(file.value))
  return json.ok ? notKnown() : json
}

function inspectText(text: string, bytes: Uint8Array): Result<Inspection> {
  if (/^\s*(?:-----BEGIN |ssh-|ecdsa-|sk-)/.test(text)) {
    return describe(parsePublicKey(bytes), describePublicKey)
  }
  if (/^\\?[0-9a-fA-F]{64} /.test(text)) return describe(parseManifest(bytes), describeManifest)
  return notKnown()
}

/** What bundles have, and what the documents of others have that are read as bundles. */
const BUNDLE_MEMBERS = [
  'mediaType',
  'verification_material',
  'attestation_bundles',
  'attestations',
  'base64Signature',
]

function inspectObject(value: JsonObject, bytes: Uint8Array): Result<Inspection> {
  const { schema, mediaType } = value
  if (typeof mediaType === 'string' && mediaType.includes('sigstore.trustedroot')) {
    return describe(parseTrustedRoot(bytes), describeTrustedRoot)
  }
  const file = BUNDLE_MEMBERS.some((name) => name in value) ? parseBundleFile(bytes) : undefined
  if (file !== undefined) return describe<BundleFile>(file, describeBundleFile)
  if ('_type' in value) return accept({ kind: 'unsigned statement', facts: describePayload(bytes) })
  if ('kty' in value) return describe(parsePublicKey(bytes), describePublicKey)
  if ('bomFormat' in value) return accept(describeBom(value))
  if (Array.isArray(value['keys']) && schema === undefined) return accept(describeKeySet(value))
  if (schema === SNAPSHOT_SCHEMA) return describe(parseSnapshot(bytes), describeSnapshot)
  if (typeof schema === 'string' && schema.startsWith('assay/trust/')) {
    return describe(parseTrust(bytes), describeTrust)
  }
  return notKnown()
}

function describe<T>(read: Result<T>, words: (value: T) => Inspection): Result<Inspection> {
  return read.ok ? accept(words(read.value)) : read
}

function notKnown(): Result<never> {
  const problem: Problem<'report/unknown-format'> = {
    code: 'report/unknown-format',
    message:
      'Expected a bundle, statement, key, trust document, trusted root, manifest, snapshot or SBOM, found something else',
  }
  return refuse(problem)
}
