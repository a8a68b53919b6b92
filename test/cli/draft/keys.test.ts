// A key for drafts, wherever a key of production could stand: in roles, on policies, in a JWK Set, on the head of a ledger, on a result.

import { beforeAll, describe, expect, it } from 'vitest'
import { put } from '../audit-world.ts'
import { openGateWorld, STAGING } from '../gate/gate-world.ts'
import type { LedgerWorld } from '../ledger-world.ts'

const LEDGER = '--trust trust.json --policies policies'

let world: LedgerWorld
beforeAll(async () => {
  world = await openGateWorld()
  for (const name of ['drafts', 'release2', 'third'])
    await world.done(`key generate --out ${name} --type ed25519 --unsafe-unencrypted`)
  await world.done('trust add-role --name self-service --draft')
  await world.done('trust add-key drafts.pub.pem --name drafts --role self-service')
  await world.done('trust add-role --name policy')
  await world.done('trust add-key release2.pub.pem --name release2 --role policy --role release')
}, 60_000)

describe('a key for drafts', () => {
  it.each([
    ['a role that signs everything', '--role release'],
    ['a role of its own', '--role policy'],
  ])('is given no other role: %s', async (_, role) => {
    const line = `trust add-key third.pub.pem --name third --role self-service ${role}`
    expect(await world.judge(line)).toMatchObject({ exitCode: 2, codes: ['trust/draft-mixed'] })
  })

  it('is told in the trust document, with whoever holds it', async () => {
    const text = await world.done('trust show')
    expect(text).toContain('self-service: 1 of its principals')
    expect(text).toContain('drafts alone, which count nowhere')
  })

  it('signs no policy, and what it signs elsewhere does not count', async () => {
    const file = 'policies/gate/render-staging-rollout.yaml'
    const gate = `gate ${STAGING} --ledger ledger ${LEDGER} --log-key log.vkey --policy-role policy`
    expect(await world.judge(`policy sign ${file} --key drafts.key.pem`)).toMatchObject({
      exitCode: 2,
      codes: ['cli/result-draft'],
    })
    // With a trust document that does not know whose key it is.
    await world.done('trust init --out other.json')
    await world.done(`policy sign ${file} --key drafts.key.pem --trust other.json`)
    const drafted = await world.judge(gate)
    expect(drafted.exitCode).toBe(1)
    expect(drafted.codes).toContain('verify/draft-signer')
    await world.done(`policy sign ${file} --key release2.key.pem`)
    expect((await world.judge(gate)).codes).not.toContain('verify/draft-signer')
  })

  it('is in no JWK Set', async () => {
    const drafted = await world.judge('key jwks drafts.pub.pem release2.pub.pem')
    expect(drafted).toMatchObject({ exitCode: 2, codes: ['trust/jwks-draft'] })
    await world.done('key jwks release2.pub.pem')
    const unknown = await world.judge('key jwks release2.pub.pem --trust nothing.json')
    expect(unknown).toMatchObject({ exitCode: 2, codes: ['host/file-missing'] })
  })

  it('heads no ledger: what it signed is no head', async () => {
    world.copy('ledger', 'headed')
    await world
      .done('ledger checkpoint --ledger headed --key drafts.key.pem --log-key log.vkey')
      .then((vkey) => put(world, 'drafts.vkey', vkey))
    for (const command of [
      `audit headed ${LEDGER}`,
      `gate ${STAGING} --ledger headed ${LEDGER}`,
      'ledger merge ledger --ledger headed --trust trust.json',
      'ledger verify --ledger headed --trust trust.json',
      `record adoption propose headed ${LEDGER} --source-policies policies --phase pre-deploy-candidate`,
    ]) {
      const drafted = await world.judge(`${command} --log-key drafts.vkey`)
      expect(drafted).toMatchObject({ exitCode: 2, codes: ['cli/head-draft'] })
    }
    const good = await world.judge(`gate ${STAGING} --ledger ledger ${LEDGER} --log-key log.vkey`)
    expect(good).toMatchObject({ exitCode: 0 })
  })

  it('signs no result', async () => {
    const gate = `gate ${STAGING} --ledger ledger ${LEDGER} --log-key log.vkey --result result.json`
    const drafted = await world.judge(`${gate} --key drafts.key.pem`)
    expect(drafted).toMatchObject({ exitCode: 2, codes: ['cli/result-draft'] })
    await world.done(`${gate} --key release2.key.pem`)
  })

  it('signs no summary of a gate', async () => {
    const as = '--verifier-id https://verifier.example/v1 --resource-uri https://dl.example/web'
    const gate = `gate ${STAGING} --ledger ledger ${LEDGER} --log-key log.vkey --vsa v.jsonl ${as}`
    const drafted = await world.judge(`${gate} --key drafts.key.pem`)
    expect(drafted).toMatchObject({ exitCode: 2, codes: ['cli/result-draft'] })
    await world.done(`${gate} --key release2.key.pem`)
  })
})
