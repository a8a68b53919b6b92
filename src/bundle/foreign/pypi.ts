// Attestations of Python's package index (PEP 740): a wheel's or sdist's statement in a form of its
// own, and the document in which the index serves all of one file.

import {
  bytesAt,
  isJsonObject,
  type JsonObject,
  judge,
  LIMITS,
  memberOf,
  objectAt,
  objectsAt,
  refuse,
  refuseUnknown,
  type Result,
  textAt,
} from '../../core/index.ts'
import type { Bundle } from '../bundle.ts'
import type { FoundBundle } from '../file.ts'
import { readLogEntry } from '../log-entry.ts'
import { IN_TOTO_PAYLOAD_TYPE } from '../pae.ts'
import { type Place, placeOf } from '../place.ts'
import type { BundleProblem } from '../problem.ts'

const MEMBERS = ['version', 'verification_material', 'envelope']

/** Reads one attestation, as `.publish.attestation` and `.slsa.attestation` files hold it. */
export function parseIndexAttestation(value: JsonObject): Result<Bundle, BundleProblem> {
  const place = placeOf(value)
  return judge(readAttestation(place), place.problems)
}

function readAttestation(attestation: Place): Bundle {
  refuseUnknown(attestation, MEMBERS)
  refuseOtherVersion(attestation)
  const material = objectAt(attestation, 'verification_material')
  refuseUnknown(material, ['certificate', 'transparency_entries'])
  const envelope = objectAt(attestation, 'envelope')
  refuseUnknown(envelope, ['statement', 'signature'])
  const entries = objectsAt(material, 'transparency_entries', LIMITS.logEntriesMax)
  if (entries.length === 0) {
    const at = `${material.at}/transparency_entries`
    const message = 'Expected at least one log entry'
    attestation.problems.push({ code: 'bundle/member', message, at })
  }
  return {
    // Its parts are those of 0.3: the leaf alone, and entries with the proof of the log.
    version: '0.3',
    profile: 'pep740',
    keyMaterial: { kind: 'certificate', certificate: bytesAt(material, 'certificate') },
    logEntries: entries.map(readLogEntry),
    timestamps: [],
    content: {
      kind: 'dsse',
      envelope: {
        // PEP-3: no other can be meant.
        payloadType: IN_TOTO_PAYLOAD_TYPE,
        payload: bytesAt(envelope, 'statement'),
        signature: bytesAt(envelope, 'signature'),
      },
    },
  }
}

/** PEP-1. */
function refuseOtherVersion({ value, at, problems }: Place): void {
  const { version } = value
  if (version === 1) return
  const found = typeof version === 'number' ? String(version) : 'no number'
  const message = `Expected version 1, found ${found}`
  problems.push({ code: 'bundle/version', message, at: `${at}/version` })
}

/** Reads what the index's integrity API serves of one file: each attestation of each publisher. */
export function parseIndexProvenance(
  value: JsonObject,
): Result<readonly FoundBundle[], BundleProblem> {
  const document = placeOf(value)
  refuseUnknown(document, ['version', 'attestation_bundles'])
  refuseOtherVersion(document)
  const groups = objectsAt(document, 'attestation_bundles', LIMITS.bundleLinesMax)
  const found = groups.flatMap(readGroup)
  if (document.problems.length === 0 && found.length === 0) {
    return refuse({ code: 'bundle/empty', message: 'Expected attestations, found none' })
  }
  return judge(found, document.problems)
}

function readGroup(group: Place): readonly FoundBundle[] {
  refuseUnknown(group, ['publisher', 'attestations'])
  const beside = describePublisher(objectAt(group, 'publisher'))
  const attestations = objectsAt(group, 'attestations', LIMITS.bundleLinesMax)
  return attestations.map(({ value, at }) => {
    const place = placeOf(value, { at })
    return { at, beside, bundle: judge(readAttestation(place), place.problems) }
  })
}

/** PEP-6: the index's own word, signed by nobody. It is shown, and nothing is done with it. */
function describePublisher(publisher: Place): string {
  const kind = textAt(publisher, 'kind')
  const claims = memberOf(publisher, 'claims')
  const members = { ...publisher.value, ...(isJsonObject(claims) && claims) }
  const said = Object.entries(members).flatMap(([name, value]) =>
    name === 'kind' || typeof value !== 'string' ? [] : [`${name} ${value}`],
  )
  return [`publisher ${kind}`, ...said].join(', ')
}
