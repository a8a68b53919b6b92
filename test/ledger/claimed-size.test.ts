// The size that a checkpoint names, before anything of it is judged.

import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../src/core/index.ts'
import { claimedSizeOf } from '../../src/ledger/index.ts'
import { ORIGIN, sign } from './test-heads.ts'
import { createLedger, entriesOf } from './test-ledger.ts'

describe('claimedSizeOf()', () => {
  it('is what the checkpoint names, whoever signed it', async () => {
    const note = await sign(await createLedger(entriesOf(3)))
    expect(claimedSizeOf(encodeUtf8(note))).toBe(3)
  })

  it('is none of what can not be read, or counts more than there can be', () => {
    const named = (size: string) =>
      encodeUtf8(`${ORIGIN}\n${size}\n${Buffer.alloc(32).toString('base64')}\n\n— a AAAAAAA=\n`)
    expect(claimedSizeOf(encodeUtf8('no checkpoint'))).toBeUndefined()
    expect(claimedSizeOf(named('7'))).toBe(7)
    expect(claimedSizeOf(named('9007199254740993'))).toBeUndefined()
  })
})
