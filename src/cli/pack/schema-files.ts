// JSON Schemas of the documents of a pack, as they are published, so that whoever opens it in years knows what they hold.

import * as z from 'zod/mini'
import { encodeDocument, encodeUtf8 } from '../../core/index.ts'
import { policySchema } from '../../policy/index.ts'
import { FAMILIES, INNER_MANIFEST, PACK_MANIFEST, recordSchema } from '../../record/index.ts'
import { trustDocumentSchema } from '../../trust/index.ts'
import { LEDGER_PROOFS } from './ledger-proofs.ts'
import { PACK_FOLDERS } from './pack-layout.ts'

const DOCUMENTS = {
  'inner-manifest': INNER_MANIFEST,
  'ledger-proofs': LEDGER_PROOFS,
  pack: PACK_MANIFEST,
  policy: policySchema,
  trust: trustDocumentSchema,
}

/** The schemas of the documents, and of the records of these predicate types. */
export function schemaFiles(types: ReadonlySet<string>): ReadonlyMap<string, Uint8Array> {
  const schemas: readonly (readonly [string, object])[] = [
    ...Object.entries(DOCUMENTS).map(
      ([name, schema]) =>
        [name, { ...z.toJSONSchema(schema, { io: 'input' }), title: `assay/${name}/v1` }] as const,
    ),
    ...FAMILIES.filter(({ predicateType }) => types.has(predicateType)).map(
      (family) => [`record-${family.name}`, recordSchema(family)] as const,
    ),
  ]
  return new Map(
    schemas.map(([name, schema]) => [
      `${PACK_FOLDERS.schemas}${name}.json`,
      encodeUtf8(encodeDocument(schema)),
    ]),
  )
}
