import { describe, expect, it } from 'vitest'
import { parseRecordType } from '../../../src/cli/ledger/record-type.ts'
import { FAMILIES } from '../../../src/record/index.ts'
import { createRecordWorld, FIRST, SIGNED } from './record-world.ts'

describe('a predicate type on the command line', () => {
  it.each(FAMILIES.map(({ name, predicateType }) => [name, predicateType]))(
    'is that of the family %s by its name',
    (name, predicateType) => {
      expect(parseRecordType(name)).toBe(predicateType)
    },
  )

  it.each([
    ['provenance', 'https://slsa.dev/provenance/v1'],
    ['urn:example:mine', 'urn:example:mine'],
  ])('%s is %s', (input, expected) => {
    expect(parseRecordType(input)).toBe(expected)
  })

  it('is refused where it is neither', () => {
    expect(() => parseRecordType('approvals')).toThrow(/one of .*, approval, .*found "approvals"/)
  })

  it('limits a role, and picks entries of a ledger', async () => {
    const world = await createRecordWorld()
    const approve = ['--scope', 'rollout', '--decision', 'reject', '--reason', 'A test is red']
    await world.run(['record', 'approval', ...FIRST, ...approve, ...SIGNED])
    const listed = async (type: string) =>
      (await world.run(['ledger', 'list', '--type', type])).stdout
    expect(await listed('approval')).toContain(' urn:assay:predicate:approval:v1\n')
    expect(await listed('waiver')).toBe('')
    const role = ['trust', 'add-role', '--name', 'approver', '--predicate-type', 'approval']
    expect((await world.run(role)).exitCode).toBe(0)
    expect(world.read('trust.json')).toContain('"urn:assay:predicate:approval:v1"')
  })
})
