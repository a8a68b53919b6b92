// From bytes to what they seem to be: the content decides, never a name.

import { parseBundleFile, parseNpmAttestations } from '../../bundle/index.ts'
import {
  accept,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  LIMITS,
  parseJson,
  type Problem,
  parseUtf8,
  type Result,
  refuse,
} from '../../core/index.ts'
import { parseManifest } from '../../digest/index.ts'
import { parseSnapshot, SNAPSHOT_SCHEMA } from '../../snapshot/index.ts'
import {
  parsePem,
  parsePublicKey,
  parseRegistryKeys,
  parseTrust,
  parseTrustedRoot,
} from '../../trust/index.ts'
import type { CertificateReader } from '../../verify/index.ts'
import { describeBundleFile, describeNpmAttestations, describePayload } from './bundle-facts.ts'
import {
  describeBom,
  describeKeySet,
  describeManifest,
  describeSigningConfig,
  describeSnapshot,
} from './document-facts.ts'
import { describeCertificates } from './evidence-facts.ts'
import type { Inspection } from './inspection.ts'
import { describePublicKey, isPrivateKey, PRIVATE_KEY } from './key-facts.ts'
import { describeRegistryKeys, describeTrust, describeTrustedRoot } from './trust-facts.ts'

/**
 * Describes the bytes, or tells why they can not be read as what they seem to be.
 *
 * @param read certificates are read by the part of the verifier that is loaded on use
 */
export function inspectBytes(bytes: Uint8Array, read: CertificateReader): Result<Inspection> {
  const text = parseUtf8(bytes)
  if (!text.ok) return notKnown()
  // First of all: of a private key nothing is parsed, quoted or shown, not even in a problem.
  if (isPrivateKey(text.value)) return accept(PRIVATE_KEY)
  if (!/^\s*[{[]/.test(text.value)) return inspectText(text.value, bytes, read)
  const json = parseJson(text.value, {
    stringMax: LIMITS.envelopeBytesMax,
    bytesMax: LIMITS.bundleFileBytesMax,
  })
  if (json.ok && isJsonObject(json.value)) return inspectObject(json.value, bytes, read)
  const file = parseBundleFile(bytes)
  const isBundles = file.ok && file.value.bundles.some(({ bundle }) => bundle.ok)
  if (isBundles) return accept(describeBundleFile(file.value, read))
  return json.ok ? notKnown() : json
}

function inspectText(text: string, bytes: Uint8Array, read: CertificateReader): Result<Inspection> {
  if (/^-----BEGIN CERTIFICATE-----\r?$/m.test(text)) {
    return describe(parsePem(text), (blocks) => {
      return describeCertificates(
        blocks.map((block) => block.bytes),
        read,
      )
    })
  }
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

function inspectObject(
  value: JsonObject,
  bytes: Uint8Array,
  read: CertificateReader,
): Result<Inspection> {
  const { schema, mediaType, keys } = value
  if (typeof mediaType === 'string' && mediaType.includes('sigstore.trustedroot')) {
    return describe(parseTrustedRoot(bytes), describeTrustedRoot)
  }
  if (typeof mediaType === 'string' && mediaType.includes('sigstore.signingconfig')) {
    return accept(describeSigningConfig(value))
  }
  if (holdsMember(value['attestations'], 'predicateType')) {
    return describe(parseNpmAttestations(bytes), (found) => describeNpmAttestations(found, read))
  }
  if (BUNDLE_MEMBERS.some((name) => name in value)) {
    return describe(parseBundleFile(bytes), (file) => describeBundleFile(file, read))
  }
  if ('_type' in value) return accept({ kind: 'unsigned statement', facts: describePayload(bytes) })
  if ('kty' in value) return describe(parsePublicKey(bytes), describePublicKey)
  if ('bomFormat' in value) return accept(describeBom(value))
  if (holdsMember(keys, 'keyid') || holdsMember(keys, 'keyUsage')) {
    return describe(parseRegistryKeys(bytes), describeRegistryKeys)
  }
  if (Array.isArray(keys) && schema === undefined) return accept(describeKeySet(keys))
  if (schema === SNAPSHOT_SCHEMA) return describe(parseSnapshot(bytes), describeSnapshot)
  if (typeof schema === 'string' && schema.startsWith('assay/trust/')) {
    return describe(parseTrust(bytes), describeTrust)
  }
  return notKnown()
}

/** True for a list of objects of which one has the member. */
function holdsMember(list: JsonValue | undefined, name: string): boolean {
  if (!Array.isArray(list)) return false
  return list.some((entry: JsonValue) => isJsonObject(entry) && name in entry)
}

function describe<T>(read: Result<T>, words: (value: T) => Inspection): Result<Inspection> {
  return read.ok ? accept(words(read.value)) : read
}

function notKnown(): Result<never> {
  const problem: Problem<'report/unknown-format'> = {
    code: 'report/unknown-format',
    message:
      'Expected a bundle, statement, certificate, key, trust document, trusted root, signing config, manifest, snapshot or SBOM, found something else',
  }
  return refuse(problem)
}
