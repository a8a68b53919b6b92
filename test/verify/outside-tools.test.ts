// Programs that are not ours take what we sign: openssl the signature, sha256sum the manifest, in-toto's own library the statement.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Envelope, encodePae } from '../../src/bundle/index.ts'
import { encodeManifest } from '../../src/digest/index.ts'
import { createLocalSigner, generatePrivateKey, signStatement } from '../../src/sign/index.ts'
import {
  buildSetSubjects,
  encodeStatement,
  PREDICATE_TYPES,
  type Statement,
} from '../../src/statement/index.ts'
import { findPython, hasTool } from '../outside-tool.ts'
import { artifactsOf, provenance, RELEASE_FILES } from './release.ts'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'assay-outside-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function buildPayload(): Uint8Array {
  const subjects = buildSetSubjects(artifactsOf(RELEASE_FILES))
  if (!subjects.ok) throw new Error(subjects.problems[0].message)
  return encodeStatement({
    version: 'v1',
    subjects: subjects.value,
    predicateType: PREDICATE_TYPES.provenance,
    predicate: provenance() as Statement['predicate'],
  })
}

/** How openssl is asked, by the kind of key. */
const OPENSSL = {
  p256: ['dgst', '-sha256', '-verify', 'key.pem', '-signature', 'signature', 'signed'],
  p384: ['dgst', '-sha384', '-verify', 'key.pem', '-signature', 'signature', 'signed'],
  rsa4096: ['dgst', '-sha256', '-verify', 'key.pem', '-signature', 'signature', 'signed'],
  ed25519: [
    ...['pkeyutl', '-verify', '-pubin', '-inkey', 'key.pem', '-rawin'],
    ...['-sigfile', 'signature', '-in', 'signed'],
  ],
} as const

describe.skipIf(!hasTool('openssl', 'version'))('openssl', () => {
  it.each(Object.keys(OPENSSL) as (keyof typeof OPENSSL)[])(
    'verifies our signature of a %s key over our PAE, and refuses another one',
    async (type) => {
      const key = generatePrivateKey(type)
      const bundle = await signStatement(buildPayload(), createLocalSigner(key))
      const { envelope } = bundle.content as { envelope: Envelope }
      const signed = encodePae(envelope.payloadType, envelope.payload)
      writeFileSync(
        join(folder, 'key.pem'),
        key.publicKey.key.export({ type: 'spki', format: 'pem' }),
      )
      writeFileSync(join(folder, 'signature'), envelope.signature)
      writeFileSync(join(folder, 'signed'), signed)
      const ask = () => spawnSync('openssl', OPENSSL[type], { cwd: folder, encoding: 'utf8' })
      expect(ask().stdout).toMatch(/Verified OK|Signature Verified Successfully/)
      writeFileSync(join(folder, 'signed'), Buffer.concat([signed, Buffer.from(' ')]))
      expect(ask().status).not.toBe(0)
    },
  )
})

describe.skipIf(!hasTool('sha256sum', '--version'))('sha256sum', () => {
  it('accepts our manifest, and refuses it when a file changes', () => {
    for (const [path, content] of Object.entries(RELEASE_FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    const input = encodeManifest(artifactsOf(RELEASE_FILES))
    const check = () => spawnSync('sha256sum', ['--check', '--strict'], { cwd: folder, input })
    expect(check().status).toBe(0)
    writeFileSync(join(folder, 'app.js'), 'console.log(3)\n')
    expect(check().status).toBe(1)
  })
})

const PARSE = `
import json, sys
from google.protobuf.json_format import ParseDict
from in_toto_attestation.v1.statement_pb2 import Statement as Message
from in_toto_attestation.v1.statement import Statement
message = ParseDict(json.load(sys.stdin), Message())
Statement.copy_from_pb(message).validate()
print(message.predicate_type, len(message.subject), message.subject[0].digest["dirHash"])
`
const python = findPython('in_toto_attestation')

describe.skipIf(python === undefined)('in-toto-attestation (Python)', () => {
  it('parses and validates our statement', () => {
    const said = execFileSync(python ?? '', ['-c', PARSE], { input: buildPayload() })
    const [set] = JSON.parse(Buffer.from(buildPayload()).toString()).subject
    expect(said.toString().trim()).toBe(`${PREDICATE_TYPES.provenance} 4 ${set.digest.dirHash}`)
  })

  it('refuses a statement without a subject', () => {
    const payload = JSON.parse(Buffer.from(buildPayload()).toString())
    const input = JSON.stringify({ ...payload, subject: [] })
    expect(spawnSync(python ?? '', ['-c', PARSE], { input }).status).not.toBe(0)
  })
})
