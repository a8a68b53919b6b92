import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { listSchemas } from '../../../../.ci/build/schemas.ts'
import { parseWritten } from '../../../../src/yaml/index.ts'
import { valueOf } from '../../../trust/keys.ts'

const SHIPPED = join(import.meta.dirname, '../../../../policies/smoke-plans/web-edge.yaml')

describe('the published schema of a smoke plan', () => {
  it('takes the shipped plan, and not one with another member', () => {
    const schema = listSchemas().find(([name]) => name === 'smoke-plan.json')?.[1]
    const validate = new Ajv2020({ strict: false }).compile(schema ?? false)
    const plan = valueOf(parseWritten(readFileSync(SHIPPED), 'yaml')).value as object
    expect(validate({ ...plan })).toBe(true)
    expect(validate({ ...plan, password: 'hunter2' })).toBe(false)
  })
})
