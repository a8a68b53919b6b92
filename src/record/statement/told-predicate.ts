// The predicate that a record was read of, for whoever looks at what its signer wrote and not at what its family makes of it.

import type { JsonObject, JsonValue } from '../../core/index.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import { HEADER_NAMES, headerNameOf } from './predicate.ts'

/** Header and members, under the names that they have in the statement. */
export function predicateOf(record: LedgerRecord): JsonObject {
  const header = HEADER_NAMES.flatMap((name) =>
    record[name] === undefined ? [] : [[headerNameOf(record, name), record[name]] as const],
  )
  // The members were read out of JSON by a schema that changes nothing.
  return { ...Object.fromEntries(header), ...(record.members as Record<string, JsonValue>) }
}
