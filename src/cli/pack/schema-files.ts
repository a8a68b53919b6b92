// JSON Schemas of the documents of a pack, so that whoever opens it in years knows what they hold.

import * as z from 'zod/mini'
import { encodeDocument, encodeUtf8 } from '../../core/index.ts'
import type { RecordFamily } from '../../policy/index.ts'
import { FAMILIES, INNER_MANIFEST, PACK_MANIFEST } from '../../record/index.ts'
import { LEDGER_PROOFS } from './ledger-proofs.ts'
import { PACK_FOLDERS } from './pack-layout.ts'

/** The schemas of the lists, and of the members of the families that there are. */
export function schemaFiles(families: ReadonlySet<RecordFamily>): ReadonlyMap<string, Uint8Array> {
  const schemas: readonly (readonly [string, z.ZodMiniType, string])[] = [
    ['pack', PACK_MANIFEST, 'assay/pack/v1'],
    ['inner-manifest', INNER_MANIFEST, 'assay/inner-manifest/v1'],
    ['ledger-proofs', LEDGER_PROOFS, 'assay/ledger-proofs/v1'],
    ...FAMILIES.filter(({ name }) => families.has(name)).map(
      ({ name, members, predicateType }) =>
        [`record-${name}`, members, `Members of ${predicateType}`] as const,
    ),
  ]
  return new Map(
    schemas.map(([name, schema, title]) => {
      const document = { ...z.toJSONSchema(schema, { io: 'input' }), title }
      const bytes = encodeUtf8(encodeDocument(document))
      return [`${PACK_FOLDERS.schemas}${name}.json`, bytes]
    }),
  )
}
