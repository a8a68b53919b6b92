// JSON Schemas of the documents that are read and written, made from the schemas that the program uses itself.

import * as z from 'zod'
import { DOCUMENT_SCHEMAS } from '../../src/cli/document-schemas.ts'
import { LEDGER_PROOFS } from '../../src/cli/pack/ledger-proofs.ts'
import { KIND_SCHEMAS, policyCasesSchema, policySchema } from '../../src/policy/index.ts'
import {
  adoptionCandidateSchema,
  FAMILIES,
  INNER_MANIFEST,
  PACK_MANIFEST,
  recordSchema,
} from '../../src/record/index.ts'
import { SMOKE_PLAN_SCHEMA } from '../../src/record/observation/index.ts'
import { signerRequestSchema, signerResponseSchema } from '../../src/sign/index.ts'
import { advisoryAuditSchema } from '../../src/snapshot/advisories/audit-document.ts'
import { advisoryExceptionsSchema } from '../../src/snapshot/advisories/exceptions.ts'
import { provenanceBaselineSchema } from '../../src/snapshot/baseline/baseline.ts'
import { snapshotDocumentSchema } from '../../src/snapshot/snapshot-document.ts'
import { trustDocumentSchema } from '../../src/trust/document-schema.ts'

/** One schema for all policies, and one for each kind: an editor that knows the kind proposes its members alone. */
const POLICIES = {
  policy: policySchema,
  ...Object.fromEntries(
    Object.entries(KIND_SCHEMAS).map(([kind, schema]) => [`policy-${kind}`, schema]),
  ),
}

const READ_AND_WRITTEN = {
  ...POLICIES,
  'adoption-candidate': adoptionCandidateSchema,
  'advisory-audit': advisoryAuditSchema,
  'advisory-exceptions': advisoryExceptionsSchema,
  'inner-manifest': INNER_MANIFEST,
  'ledger-proofs': LEDGER_PROOFS,
  pack: PACK_MANIFEST,
  'policy-cases': policyCasesSchema,
  'provenance-baseline': provenanceBaselineSchema,
  'signer-request': signerRequestSchema,
  'signer-response': signerResponseSchema,
  'smoke-plan': SMOKE_PLAN_SCHEMA,
  snapshot: snapshotDocumentSchema,
  trust: trustDocumentSchema,
}

/**
 * File names with their schemas; a document whose `schema` is `assay/<name>/v1` is described by `<name>.json`, and the predicate of a
 * record of a family by `record-<family>.json`.
 */
export function listSchemas(): readonly (readonly [string, object])[] {
  const documents = Object.entries({ ...READ_AND_WRITTEN, ...DOCUMENT_SCHEMAS }).map(
    ([name, schema]) =>
      [name, { ...z.toJSONSchema(schema, { io: 'input' }), title: `assay/${name}/v1` }] as const,
  )
  const records = FAMILIES.map((family) => [`record-${family.name}`, recordSchema(family)] as const)
  return [...documents, ...records]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => [`${name}.json`, schema])
}
