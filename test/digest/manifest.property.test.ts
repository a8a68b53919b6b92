import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestSet, encodeManifest, parseManifest } from '../../src/digest/index.ts'
import { anyArtifacts } from './artifacts.ts'

describe('a manifest', () => {
  it('is read back as it was written, whatever the order', () => {
    fc.assert(
      fc.property(anyArtifacts, (artifacts) => {
        const manifest = encodeManifest(artifacts)
        const parsed = parseManifest(manifest)
        expect(parsed.ok && encodeManifest(parsed.value)).toEqual(manifest)
        expect(encodeManifest(artifacts.toReversed())).toEqual(manifest)
      }),
    )
  })

  it('with any bit flipped is refused or is another set', () => {
    fc.assert(
      fc.property(anyArtifacts, fc.nat(), fc.nat(7), (artifacts, place, bit) => {
        const manifest = encodeManifest(artifacts)
        const flipped = manifest.slice()
        const at = place % flipped.length
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        const parsed = parseManifest(flipped)
        expect(parsed.ok && digestSet(parsed.value)).not.toBe(digestSet(artifacts))
      }),
      { numRuns: 1_000 },
    )
  })

  it('with any byte replaced is refused or is another set, but for the mark of binary mode', () => {
    fc.assert(
      fc.property(anyArtifacts, fc.nat(), fc.nat(255), (artifacts, place, byte) => {
        const manifest = encodeManifest(artifacts)
        const changed = manifest.slice()
        const at = place % changed.length
        fc.pre(changed[at] !== byte)
        // sha256sum writes the asterisk for what it was told to read as binary; it says nothing about the file.
        fc.pre(byte !== 0x2a || changed[at] !== 0x20)
        changed[at] = byte
        const parsed = parseManifest(changed)
        expect(parsed.ok && digestSet(parsed.value)).not.toBe(digestSet(artifacts))
      }),
      { numRuns: 1_000 },
    )
  })
})
