// One release that every signer signs: an artifact, its provenance, and the key of a person.

import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digestBytes } from '../../src/digest/index.ts'
import type { Mode, SigningOrder, VerificationQuestion } from './peers/question.ts'
import type { Rehearsal } from './rehearsal.ts'

/** The subject alternative name of the rehearsal's GitHub workflow. */
export const WORKFLOW_IDENTITY =
  'https://github.com/example/app/.github/workflows/release.yml@refs/tags/v1.0.0'

const PREDICATE = {
  buildDefinition: {
    buildType: 'https://example.org/build/v1',
    externalParameters: { ref: 'refs/tags/v1.0.0' },
  },
  runDetails: { builder: { id: 'https://example.org/builder' } },
}

/** The files of the release, in a new folder `name` of the rehearsal. */
export interface Release extends Omit<SigningOrder, 'mode'> {
  readonly signers: {
    readonly workflow: { readonly identity: string; readonly issuer: string }
    readonly key: { readonly key: string }
  }
}

/** Makes the files, a key and a token of the workflow. */
export async function makeRelease(rehearsal: Rehearsal, name: string): Promise<Release> {
  const folder = join(rehearsal.folder, name)
  mkdirSync(folder)
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name)
    writeFileSync(path, content, { mode: 0o600 })
    return path
  }
  const bytes = Buffer.from('a release\n')
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'app.txt', digest: { sha256: digestBytes('sha256', bytes) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: PREDICATE,
  }
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const keyPath = write('release.pub.pem', pem)
  return {
    documents: rehearsal.documents,
    folder,
    artifact: write('app.txt', bytes),
    statement: write('statement.json', JSON.stringify(statement)),
    predicate: write('predicate.json', JSON.stringify(PREDICATE)),
    token: await rehearsal.token({ kind: 'github' }),
    key: write('release.key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    publicKey: keyPath,
    signers: {
      workflow: { identity: WORKFLOW_IDENTITY, issuer: rehearsal.issuers.github },
      key: { key: keyPath },
    },
  }
}

/** Asks for the signer and the witnesses of a mode. */
export function askAbout(release: Release, bundle: string, mode: Mode): VerificationQuestion {
  const isKeyless = mode.startsWith('keyless')
  return {
    documents: release.documents,
    bundle,
    artifact: release.artifact,
    signer: isKeyless ? release.signers.workflow : release.signers.key,
    log: isKeyless,
    time: mode !== 'key',
    folder: release.folder,
  }
}
