// The documents of `assay lineage`, as schemas.

import { promotionReportSchema, releaseLineageSchema } from '../../gate/index.ts'

/** By the name in `schema`. */
export const lineageSchemas = {
  'release-bundle-promotion': promotionReportSchema,
  'release-lineage': releaseLineageSchema,
} as const
