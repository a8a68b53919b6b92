// The statement of a record whose members the program makes itself.

import type { Instant, Result } from '../../../core/index.ts'
import type { RecordFamily } from '../../../policy/index.ts'
import type { RecordParts } from '../../../record/index.ts'
import type { Draft } from '../../signing/signing.ts'
import { familyNamed } from '../family-command.ts'
import { draftRecord } from '../record-draft.ts'

/** The draft, judged as any other; it is made now. */
export function draftOf(
  name: RecordFamily,
  { about, header, members }: RecordParts,
  now: Instant,
): Result<Draft> {
  const written = { members, place: () => undefined }
  return draftRecord({ family: familyNamed(name), about, header, written, now })
}
