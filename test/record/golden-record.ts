// Golden examples: the statement of a record as it is signed, kept as a file that people can read.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../.ci/checkout.ts'
import { encodeUtf8, isJsonObject } from '../../src/core/index.ts'
import { buildRecord, type Family } from '../../src/record/index.ts'
import { readRecordPredicate } from '../../src/record/statement/predicate.ts'
import { readSubject } from '../../src/record/statement/subject.ts'
import { encodeStatement, parseStatement } from '../../src/statement/index.ts'

/** The example of a family: its text, the same text built anew from what was read of it, and its members as an object. */
export function goldenRecord(family: Family) {
  const text = readFileSync(join(ROOT, `fixtures/records/${family.name}.json`), 'utf8')
  const statement = parseStatement(encodeUtf8(JSON.stringify(JSON.parse(text))))
  if (!statement.ok) throw new Error(JSON.stringify(statement.problems))
  const { predicate, subjects, predicateType } = statement.value
  const read = readRecordPredicate(family, predicate)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const about = readSubject(family, subjects, read.value.header)
  if (!about.ok) throw new Error(JSON.stringify(about.problems))
  const { header, members } = read.value
  if (!isJsonObject(members as never)) throw new Error('Expected members')
  const built = buildRecord(family, { about: about.value, header, members: members as never })
  if (!built.ok) throw new Error(JSON.stringify(built.problems))
  const rebuilt = `${JSON.stringify(JSON.parse(Buffer.from(encodeStatement(built.value)).toString()), null, 2)}\n`
  return { text, rebuilt, predicateType, header, members: members as object, about: about.value }
}
