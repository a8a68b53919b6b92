import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parsePrivateKey } from '../../src/sign/index.ts'
import { EXAMPLE_KEY_IDS, isExampleKey, parsePublicKey, parseTrust } from '../../src/trust/index.ts'
import { newKey, valueOf } from './keys.ts'

const FOLDER = join(import.meta.dirname, '../../keys.example')
const names = readdirSync(FOLDER).filter((name) => name !== 'README.md')
const read = (name: string) => readFileSync(join(FOLDER, name))

describe('keys.example', () => {
  it('says in every name and file that it is unsafe', () => {
    expect(names.filter((name) => !name.startsWith('unsafe-example'))).toEqual([])
    expect(names.filter((name) => !/unsafe/i.test(read(name).toString()))).toEqual([])
  })

  it('holds pairs of keys, each of which isExampleKey() knows, and no others', () => {
    const known = names
      .filter((name) => name.endsWith('.key.pem'))
      .map((name) => {
        const { keyId } = valueOf(parsePrivateKey(read(name))).publicKey
        const publicHalf = valueOf(parsePublicKey(read(name.replace('.key.', '.pub.'))))
        expect(publicHalf.keyId).toBe(keyId)
        expect(isExampleKey(keyId)).toBe(true)
        return keyId
      })
    expect(new Set(known)).toEqual(EXAMPLE_KEY_IDS)
    expect(isExampleKey(newKey().keyId)).toBe(false)
  })

  it('has a trust document of exactly these keys', () => {
    const { keys } = valueOf(parseTrust(read('unsafe-example-trust.json')))
    expect(new Set(keys.map(({ publicKey }) => publicKey.keyId))).toEqual(EXAMPLE_KEY_IDS)
  })
})
