// From the files of a folder to a registry: each file is one policy, and all of them have to fit together.

import { strict as assert } from 'node:assert'
import {
  compareCodePoints,
  encodeCanonicalJson,
  encodeJsonPointer,
  escapeText,
  freezeDeep,
  isJsonObject,
  type JsonValue,
  judge,
  LIMITS,
  parseBySchema,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import { digestBytes } from '../digest/index.ts'
import { parseWritten, placeBreach } from '../yaml/index.ts'
import { checkReferences } from './check-references.ts'
import { POLICY_SCHEMA, type PolicyKind } from './kind.ts'
import { KIND_SCHEMAS, type Policy, requirementsOf } from './policy.ts'
import type { PolicyProblem } from './problem.ts'
import { buildRegistry, type PlacedPolicy, type Registry } from './registry.ts'
import { withParts } from './requirement/placed-requirement.ts'

/** A file of a folder of policies. */
export interface PolicyFile {
  /** As problems name it; one that ends in `.json` is JSON, any other YAML. */
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * Reads all policies of a folder.
 *
 * @returns the registry, or every problem of every file; how policies fit together is looked at when each can be read
 */
export function parsePolicies(files: readonly PolicyFile[]): Result<Registry, PolicyProblem> {
  if (files.length === 0 || files.length > LIMITS.policyFilesMax) {
    const expected = `from 1 to ${LIMITS.policyFilesMax} policies`
    const message = `Expected ${expected}, found ${files.length}`
    return refuse({ code: 'policy/count', message })
  }
  const placed: PlacedPolicy[] = []
  const problems: PolicyProblem[] = []
  for (const file of files.toSorted((a, b) => compareCodePoints(a.name, b.name))) {
    const policy = parsePolicy(file)
    if (policy.ok) placed.push(policy.value)
    else problems.push(...policy.problems)
  }
  if (problems.length > 0) return judge(undefined as never, problems)
  const repeated = [...findRepeated(placed), ...placed.flatMap(findRepeatedRequirements)]
  if (repeated.length > 0) return judge(undefined as never, repeated)
  const registry = buildRegistry(placed)
  return judge(registry, checkReferences(registry))
}

/** Reads one policy, whatever it refers to. */
export function parsePolicy({ name, bytes }: PolicyFile): Result<PlacedPolicy, PolicyProblem> {
  const form = name.endsWith('.json') ? 'json' : 'yaml'
  const written = parseWritten(bytes, form, LIMITS.policyBytesMax)
  if (!written.ok) {
    const [first, ...rest] = written.problems.map(
      ({ message, at }): PolicyProblem => ({
        code: 'policy/document',
        message,
        at: at === undefined ? escapeText(name) : `${escapeText(name)}, ${at}`,
      }),
    )
    assert(first, 'a refusal has a problem')
    return refuse(first, ...rest)
  }
  const { value, position } = written.value
  const inFile = (position: string) => `${escapeText(name)}, ${position}`
  const place = (pointer?: string) => inFile(position(pointer))
  const schema = schemaOf(value)
  if (schema === undefined) {
    const other = otherSchemaOf(value)
    if (other !== undefined) {
      const message = `Expected a policy, found a document of the schema ${quote(other)}`
      return refuse({ code: 'policy/other-document', message, at: place('/schema') })
    }
    const kinds = Object.keys(KIND_SCHEMAS).map(quote).join(', ')
    const message = `Expected a policy of one of the kinds ${kinds}`
    return refuse({ code: 'policy/member', message, at: place('/kind') })
  }
  const parsed = parseBySchema(schema, value, (breach): PolicyProblem => {
    const { message, at } = breach
    const said = at === undefined ? message : `${message} at ${quote(at)}`
    return { code: 'policy/member', message: said, at: inFile(placeBreach(written.value, breach)) }
  })
  if (!parsed.ok) return parsed
  const policy: Policy = freezeDeep({ ...parsed.value, digest: digestOf(value), file: name })
  return { ok: true, value: { policy, place } }
}

function schemaOf(value: JsonValue) {
  const kind = isJsonObject(value) ? value['kind'] : undefined
  if (typeof kind !== 'string' || !Object.hasOwn(KIND_SCHEMAS, kind)) return undefined
  return KIND_SCHEMAS[kind as PolicyKind]
}

/** What a document says that it is, where that is no policy. */
function otherSchemaOf(value: JsonValue): string | undefined {
  const schema = isJsonObject(value) ? value['schema'] : undefined
  return typeof schema === 'string' && schema !== POLICY_SCHEMA ? schema : undefined
}

/** What a policy says, however it is written. */
function digestOf(value: JsonValue): string {
  const canonical = encodeCanonicalJson(value)
  assert(canonical.ok, 'a document within the rules of strict JSON has a canonical form')
  return digestBytes('sha256', canonical.value)
}

function findRepeated(placed: readonly PlacedPolicy[]): readonly PolicyProblem[] {
  const firstById = new Map<string, PlacedPolicy>()
  const firstByTarget = new Map<string, PlacedPolicy>()
  return placed.flatMap((found) => {
    const { policy, place } = found
    const sameId = firstById.get(policy.id)
    firstById.set(policy.id, sameId ?? found)
    if (sameId !== undefined) return [repeated(`the id ${quote(policy.id)}`, sameId, place('/id'))]
    if (policy.kind !== 'gate') return []
    const [target] = policy.scope.targets
    const sameTarget = firstByTarget.get(target)
    firstByTarget.set(target, sameTarget ?? found)
    if (sameTarget === undefined) return []
    return [repeated(`a gate of ${quote(target)}`, sameTarget, place('/scope/targets'))]
  })
}

/** A waiver names a requirement by its policy and id alone, whichever list it stands in. */
function findRepeatedRequirements({ policy, place }: PlacedPolicy): readonly PolicyProblem[] {
  const places = new Map<string, string>()
  return requirementsOf(policy)
    .flatMap(withParts)
    .flatMap(({ requirement: { id }, at }) => {
      const here = place(encodeJsonPointer([...at, 'id']))
      const first = places.get(id)
      places.set(id, first ?? here)
      return first === undefined ? [] : [repeatedAt(`the requirement ${quote(id)}`, first, here)]
    })
}

function repeated(what: string, first: PlacedPolicy, at: string): PolicyProblem {
  return repeatedAt(what, first.place(), at)
}

function repeatedAt(what: string, first: string, at: string): PolicyProblem {
  const message = `Expected ${what} once, found it twice: first in ${first}`
  return { code: 'policy/repeated', message, at }
}
