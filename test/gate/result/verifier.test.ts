// What the Python of docs/verify-result.py says of results that a gate of the tests' world never comes to.

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/index.ts'
import type { ResultPayload } from '../../../src/gate/index.ts'
import { signJose } from '../../../src/sign/index.ts'
import { runVerifier } from '../../cli/gate/result-world.ts'
import { findPython } from '../../outside-tool.ts'
import { RELEASE } from '../evidence.ts'
import { STAGING } from '../states.ts'
import { DIGEST, resultOf, SIGNER } from './results.ts'

const python = findPython('joserfc')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verifier-'))
  const { jwk, keyId } = SIGNER.publicKey
  const keys = [{ ...jwk, kid: keyId, alg: 'ES256', use: 'sig' }]
  writeFileSync(join(folder, 'jwks.json'), JSON.stringify({ keys }))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function check(change: Partial<ResultPayload>, of: Parameters<typeof resultOf>[0] = {}) {
  const made = { ...resultOf(of).payload, ...change }
  const commitment_id = createHash('sha256').update(made.preimage).digest('hex')
  const payload = { ...made, commitment_id }
  const bytes = Buffer.from(JSON.stringify(payload))
  const { kid, sig_alg, verdict } = payload
  const signature = Buffer.from(await signJose(bytes, SIGNER)).toString('base64url')
  const around = { schema: 'assay/signed-result/v1', commitment_id, kid, sig_alg, verdict }
  const document = { ...around, payload: bytes.toString('base64url'), signature }
  const file = join(folder, 'result.json')
  writeFileSync(file, JSON.stringify(document))
  const url = pathToFileURL(join(folder, 'jwks.json')).href
  return runVerifier(python!, [url, file, STAGING, RELEASE.id, '2026-04-10T12:00:00Z'])
}

describe.skipIf(python === undefined)('docs/verify-result.py', () => {
  const until = (expires: string) => ({
    exceptions: [{ check: 'a#b', expires, sha256: DIGEST }],
  })
  const refused = { code: 1, said: expect.stringContaining('refused: ') as string }

  it('takes an exception that is in force, and none that has ended', async () => {
    expect(await check({})).toEqual({ code: 0, said: 'continue' })
    const held = { code: 0, said: 'continue by exception a#b' }
    expect(await check(until('2999-05-01T00:00:00Z'))).toEqual(held)
    expect(await check(until('2026-05-01T00:00:00Z'))).toEqual(refused)
  })

  it('takes no exception where none is to be', async () => {
    expect(await check({}, { isStrict: true })).toEqual({ code: 0, said: 'continue' })
    expect(await check(until('2999-05-01T00:00:00Z'), { isStrict: true })).toEqual(refused)
    expect(await check({ ...until('2999-05-01T00:00:00Z'), verdict: 'blocked' })).toEqual(refused)
  })

  it('takes no preimage but the canonical one', async () => {
    const { preimage } = resultOf().payload
    const { at, ...others } = JSON.parse(preimage) as JsonObject
    for (const other of [` ${preimage}`, JSON.stringify({ ...others, at })]) {
      expect(await check({ preimage: other })).toEqual(refused)
    }
  })
})
