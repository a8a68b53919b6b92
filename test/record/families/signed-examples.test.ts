// Each example as a file of a ledger: signed, verified, and read again by its family.

import { expect, it } from 'vitest'
import { buildRecord, FAMILIES, predicateOf, type RecordInput } from '../../../src/record/index.ts'
import { goldenRecord } from '../golden-record.ts'
import { fileOf, judge } from '../signed.ts'

it.each(FAMILIES.map((family) => [family.name, family] as const))(
  'A signed %s record is verified, and read by its family',
  (name, family) => {
    const { about, header, members } = goldenRecord(family)
    const built = buildRecord(family, { about, header, members: members as RecordInput['members'] })
    if (!built.ok) throw new Error(JSON.stringify(built.problems))
    const { verdict, record } = judge(fileOf(built.value))
    expect(verdict.outcome).toBe('accepted')
    expect(record).toMatchObject({ kind: 'record', family: name, about, ...header, members })
    if (record?.kind !== 'record') throw new Error('Expected a record')
    expect(predicateOf(record)).toEqual(built.value.predicate)
  },
)
