// JSON Schemas of the documents that are read and written, made from the schemas that the program uses itself.

import * as z from 'zod'
import { DOCUMENT_SCHEMAS } from '../../src/cli/document-schemas.ts'
import { KIND_SCHEMAS, policySchema } from '../../src/policy/index.ts'
import { signerRequestSchema, signerResponseSchema } from '../../src/sign/index.ts'
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
  'provenance-baseline': provenanceBaselineSchema,
  'signer-request': signerRequestSchema,
  'signer-response': signerResponseSchema,
  snapshot: snapshotDocumentSchema,
  trust: trustDocumentSchema,
}

/** File names with their schemas; a document whose `schema` is `assay/<name>/v1` is described by `<name>.json`. */
export function listSchemas(): readonly (readonly [string, object])[] {
  return Object.entries({ ...READ_AND_WRITTEN, ...DOCUMENT_SCHEMAS })
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => [
      `${name}.json`,
      { ...z.toJSONSchema(schema, { io: 'input' }), title: `assay/${name}/v1` },
    ])
}
