// What tests of verification summaries have in common: a verifier with a key, a consumer who trusts it, and what a file of summaries says.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../../src/core/index.ts'
import { type LedgerWorld, RELEASE } from './gate-world.ts'

export const VERIFIER = 'https://verifier.example/v1'
export const RESOURCE = 'https://dl.example/web'
export const AS = `--verifier-id ${VERIFIER} --resource-uri ${RESOURCE}`
export const SIGNED = '--key verifier.key.pem'
export const ABOUT = `--digest sha256:${RELEASE.set} --trust consumer.json`

/** A key of the verifier, and `consumer.json`, which trusts it and nobody else. */
export async function addVerifier(world: LedgerWorld): Promise<void> {
  await world.done('key generate --out verifier --unsafe-unencrypted')
  await world.done('trust init --out consumer.json')
  const into = '--trust consumer.json'
  await world.done(`trust add-key verifier.pub.pem --name platform --role release ${into}`)
  await world.done(`trust add-verifier --name v --id ${VERIFIER} --signer platform ${into}`)
}

/** The predicates of the bundles of a file, one a line. */
export function predicatesOf({ folder }: LedgerWorld, name: string): readonly JsonObject[] {
  return readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { dsseEnvelope } = JSON.parse(line) as { dsseEnvelope: { payload: string } }
      const payload = Buffer.from(dsseEnvelope.payload, 'base64').toString()
      return (JSON.parse(payload) as { predicate: JsonObject }).predicate
    })
}

/** Each gate has a resource of its own, written down with it. */
export function declareResources({ folder }: LedgerWorld): void {
  for (const name of ['render-staging-rollout', 'render-production-launch']) {
    const path = join(folder, `policies/gate/${name}.yaml`)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace(/^approval:/m, `resourceUri: ${RESOURCE}/${name}\napproval:`))
  }
}
