import { describe, expect, it } from 'vitest'
import { parseCertificate } from '../../../../src/verify/sigstore/certificate/certificate.ts'
import { encodePrecertificate } from '../../../../src/verify/sigstore/certificate/precertificate.ts'
import { makeLeaf } from '../test-authority.ts'
import { encodeSigned, extension, type TestExtension } from '../test-certificate.ts'

describe('encodePrecertificate()', () => {
  it.each<[string, readonly TestExtension[]]>([
    ['a few bytes', [extension.claim(1, 'a')]],
    ['more than 127 bytes', [extension.claim(1, 'a'.repeat(200))]],
    ['more than 255 bytes', [extension.claim(1, 'a'.repeat(400))]],
    ['more than 65535 bytes', [extension.claim(1, 'a'.repeat(70_000))]],
  ])('gives back what the log signed, for extensions of %s', (_, extensions) => {
    let signed: Uint8Array = new Uint8Array()
    const der = makeLeaf({
      change: (leaf) => {
        const certificate = { ...leaf, extensions }
        signed = encodeSigned(certificate)
        return certificate
      },
    })
    const parsed = parseCertificate(der)
    expect(parsed.ok && encodePrecertificate(parsed.value)).toEqual(signed)
  })
})
