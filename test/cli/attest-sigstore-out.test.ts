// Where the bundle goes is judged before anybody is asked for anything: what a log has taken stays public.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KEYLESS, OUT, startInstance } from './attest-sigstore.ts'

const NO_PLACE = [
  ['none/a.json', 'host/file-unwritable'],
  ['dir', 'host/file-unwritable'],
  ['x'.repeat(300), 'host/file-unwritable'],
  ['a.txt', 'host/file-is-input'],
  ['p.json', 'host/file-is-input'],
  ['config.json', 'host/file-is-input'],
  ['root.json', 'host/file-is-input'],
] as const

describe.each(['keyless', 'by a key with witnesses'])('--out, %s,', (how) => {
  it('that can not be written is refused before anything is sent', async () => {
    const instance = await startInstance()
    const { folder, services } = instance
    mkdirSync(join(folder, 'dir'))
    await instance.run('key generate --out me --unsafe-unencrypted')
    const line = (out: string) =>
      how === 'keyless'
        ? KEYLESS.replace(OUT, out)
        : `attest https://example.org/made/v1 --predicate p.json --artifact a.txt --out ${out} --key me.key.pem --trusted-root root.json --timestamp ${services.url}/timestamp --rekor ${services.url}`
    for (const [out, code] of NO_PLACE) {
      if (how !== 'keyless' && out === 'config.json') continue
      const ran = await instance.run(line(out))
      expect([out, ran.exitCode, ran.codes]).toEqual([out, 2, [code]])
      expect(services.asked).toEqual([])
      expect(ran.stderr).not.toContain('Becomes public')
    }
    expect(await instance.run(line(OUT))).toMatchObject({ exitCode: 0, isWritten: true })
    expect(services.asked).not.toEqual([])
  })
})
