// The common provenance, told by a glance: a schema walks every member, and this runs for every bundle that is verified.

import {
  accept,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseTimestamp,
  type Result,
} from '../../core/index.ts'
import { isDigestSet } from '../digest-set.ts'
import type { StatementProblem } from '../problem.ts'
import { dropEmpty } from '../unset-members.ts'
import { isUri } from '../uri.ts'
import { type Provenance, parseProvenanceBySchema } from './provenance.ts'

type Test = (value: JsonValue) => boolean

const isText: Test = (value) => typeof value === 'string'
const isUriText: Test = (value) => typeof value === 'string' && isUri(value)
const isTime: Test = (value) => typeof value === 'string' && parseTimestamp(value).ok

const RESOURCE: ReadonlyMap<string, Test> = new Map([
  ['name', isText],
  ['uri', isUriText],
  ['digest', isDigestSet],
  ['mediaType', isText],
])

const DEFINITION: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['buildType', isUriText],
  ['externalParameters', isJsonObject],
  ['internalParameters', isJsonObject],
  ['resolvedDependencies', (value) => Array.isArray(value) && value.every(isResource)],
])

const METADATA: ReadonlyMap<string, Test> = new Map([
  ['invocationId', isText],
  ['startedOn', isTime],
  ['finishedOn', isTime],
])

const BUILDER: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['id', isUriText],
  ['version', (value) => isJsonObject(value) && Object.values(value).every(isText)],
])

const DETAILS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['builder', (value) => isJsonObject(value) && 'id' in value && hasOnly(value, BUILDER)],
  ['metadata', (value) => isJsonObject(value) && hasOnly(value, METADATA)],
])

const PROVENANCE: ReadonlyMap<string, Test> = new Map<string, Test>([
  [
    'buildDefinition',
    (value) => isJsonObject(value) && 'buildType' in value && hasOnly(value, DEFINITION),
  ],
  ['runDetails', (value) => isJsonObject(value) && 'builder' in value && hasOnly(value, DETAILS)],
])

/** Reads a predicate of type `https://slsa.dev/provenance/v1`. */
export function parseProvenance(predicate: JsonObject): Result<Provenance, StatementProblem> {
  const set = dropEmpty(predicate)
  if (isPlainProvenance(set)) return accept(set as unknown as Provenance)
  return parseProvenanceBySchema(set)
}

/** True only for what the schema accepts; false says nothing. It knows the members that builders write, and no others. */
export function isPlainProvenance(predicate: JsonObject): boolean {
  return (
    'buildDefinition' in predicate && 'runDetails' in predicate && hasOnly(predicate, PROVENANCE)
  )
}

function isResource(value: JsonValue): boolean {
  return isJsonObject(value) && ('uri' in value || 'digest' in value) && hasOnly(value, RESOURCE)
}

/** Every member is one of these, and passes its test. */
function hasOnly(object: JsonObject, members: ReadonlyMap<string, Test>): boolean {
  for (const name in object) {
    if (members.get(name)?.(object[name] as JsonValue) !== true) return false
  }
  return true
}
