// What cosign wrote before it knew bundles: made by the real program, read by Assay, and refused in every part that is not right.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  assay,
  flip,
  flipCertificate,
  makeOlderScene,
  type Name,
  type OlderBundle,
  ORDERS,
  type OlderScene,
} from './older-scene.ts'
import type { OlderFiles } from './peers/older-cosign.ts'
import { useRehearsal } from './use-rehearsal.ts'

const rehearsal = useRehearsal()

let made: Promise<OlderScene> | undefined
/** Signed once for all tests of this file. */
const scene = () => (made ??= makeOlderScene(rehearsal()))

/** `accepted`, or the codes of everything that was wrong. */
async function judge(how: readonly string[], { trust = 'trust.json', artifact = 'app.txt' } = {}) {
  const { folder } = (await scene()).release
  const asked = ['--artifact', artifact, '--trust', trust, '--statement-version', 'v0.1']
  const ran = await assay(folder, ['verify', ...how, ...asked, '--format', 'json'])
  if (ran.exitCode === 0) return 'accepted'
  return [...ran.stdout.matchAll(/"code":\s*"([^"]+)"/g)].map(([, code]) => code)
}

const OPTIONS = {
  signature: '--signature',
  certificate: '--certificate',
  timestamp: '--timestamp-file',
} as const

/** The files of one signature as options. */
async function detached(name: Name, ...parts: readonly Exclude<keyof OlderFiles, 'bundle'>[]) {
  const files = (await scene()).files[name]
  return parts.flatMap((part) => [OPTIONS[part], files[part]])
}

/** The file of `--bundle` with a change, written anew. */
async function changed(name: Name, edit: (bundle: OlderBundle, other: OlderBundle) => void) {
  const { files, release } = await scene()
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as OlderBundle
  const bundle = read(files[name].bundle)
  edit(bundle, read(files.other.bundle))
  const path = join(release.folder, 'changed.bundle')
  writeFileSync(path, JSON.stringify(bundle))
  return [path]
}

describe('What cosign wrote with --bundle', () => {
  it.each<Name>(['certified', 'attested', 'logged', 'keyAttested'])(
    'is accepted: %s',
    async (name) => {
      const how = [(await scene()).files[name].bundle, '--require-log']
      expect(await judge(how)).toBe('accepted')
      expect(await judge(how, { artifact: 'other.txt' })).not.toBe('accepted')
      // From cosign's own key it still counts without its log, unless one is asked for.
      const logless = await judge(how, { trust: 'logless-trust.json' })
      expect(logless).toContain(
        ORDERS[name].by === 'key' ? 'verify/log-entry-missing' : 'verify/time-missing',
      )
    },
  )

  it('is accepted of a key that no log saw, and not where a log is asked for', async () => {
    const { bundle } = (await scene()).files.stamped
    expect(await judge([bundle])).toBe('accepted')
    expect(await judge([bundle, '--require-log'])).toEqual(['verify/log-entry-missing'])
  })

  it('is accepted with the public key in the place of the certificate, and whatever key that is', async () => {
    // Versions before 2 wrote it so.
    const { folder } = (await scene()).release
    for (const file of ['cosign.pub', 'release.pub.pem']) {
      const cert = readFileSync(join(folder, file)).toString('base64')
      const how = await changed('logged', (bundle) => void (bundle.cert = cert))
      expect(await judge([...how, '--require-log'])).toBe('accepted')
    }
  })

  it.each<[string, string, Name, (bundle: OlderBundle, other: OlderBundle) => void]>([
    [
      'a bit of the signature',
      'verify/certificate-signature-invalid',
      'certified',
      (b) => void (b.base64Signature = flip(b.base64Signature)),
    ],
    [
      'a bit of the signature of a key',
      'verify/key-unknown',
      'logged',
      (b) => void (b.base64Signature = flip(b.base64Signature)),
    ],
    [
      'a bit of the promise',
      'verify/log-promise-invalid',
      'certified',
      (b) =>
        void (b.rekorBundle.SignedEntryTimestamp = flip(b.rekorBundle.SignedEntryTimestamp, 0.9)),
    ],
    [
      'the time of the log',
      'verify/log-promise-invalid',
      'certified',
      (b) => void b.rekorBundle.Payload.integratedTime++,
    ],
    [
      'the place in the log',
      'verify/log-promise-invalid',
      'logged',
      (b) => void b.rekorBundle.Payload.logIndex++,
    ],
    [
      'the log',
      'verify/log-unknown',
      'certified',
      (b) => void (b.rekorBundle.Payload.logID = 'c0ffee'),
    ],
    ['no certificate', 'verify/key-unknown', 'certified', (b) => void delete b.cert],
    [
      'no log entry',
      'verify/log-entry-missing',
      'certified',
      (b) => void Reflect.deleteProperty(b, 'rekorBundle'),
    ],
    [
      'the certificate of another signature',
      'verify/certificate-signature-invalid',
      'certified',
      (b, other) => void (b.cert = other.cert ?? ''),
    ],
    [
      'the log entry of another signature',
      'verify/log-signature-mismatch',
      'certified',
      (b, other) => void (b.rekorBundle = other.rekorBundle),
    ],
    [
      'the signature of another',
      'verify/certificate-signature-invalid',
      'certified',
      (b, other) => void (b.base64Signature = other.base64Signature),
    ],
  ])('is refused with %s changed: %s', async (_, code, name, edit) => {
    expect(await judge(await changed(name, edit))).toContain(code)
    expect(await judge(await changed(name, () => undefined))).toBe('accepted')
  })

  it('is refused with any bit changed', async () => {
    for (const at of [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.999]) {
      const edits: ((bundle: OlderBundle) => void)[] = [
        (b) => void (b.base64Signature = flip(b.base64Signature, at)),
        (b) => void (b.cert = flipCertificate(b.cert ?? '', at)),
        ({ rekorBundle: log }) =>
          void (log.SignedEntryTimestamp = flip(log.SignedEntryTimestamp, at)),
        ({ rekorBundle: { Payload } }) => void (Payload.body = flip(Payload.body, at)),
      ]
      for (const edit of edits) {
        expect(await judge(await changed('attested', edit))).not.toBe('accepted')
      }
    }
    const how = await changed(
      'attested',
      (b) => void (b.cert = flipCertificate(flipCertificate(b.cert ?? ''))),
    )
    expect(await judge(how)).toBe('accepted')
  })
})

describe('What cosign wrote into files of their own', () => {
  it.each<Name>(['certified', 'attested'])(
    'is refused where the root has a log, and accepted where it has none: %s',
    async (name) => {
      const how = await detached(name, 'signature', 'certificate', 'timestamp')
      expect(await judge(how)).toEqual(['verify/log-entry-missing'])
      const logless = { trust: 'logless-trust.json' }
      expect(await judge(how, logless)).toBe('accepted')
      expect(await judge(how, { ...logless, artifact: 'other.txt' })).not.toBe('accepted')
    },
  )

  it.each<Name>(['logged', 'stamped', 'keyAttested'])('is accepted of a key: %s', async (name) => {
    expect(await judge(await detached(name, 'signature'))).toBe('accepted')
    const how = await detached(name, 'signature', 'timestamp')
    expect(await judge([...how, '--require-timestamp'])).toBe('accepted')
    expect(await judge(how, { artifact: 'other.txt' })).not.toBe('accepted')
  })

  it('is refused without its certificate, with another, with the timestamp of another, and with none', async () => {
    const trust = { trust: 'logless-trust.json' }
    const { other } = (await scene()).files
    const [signature, certificate, timestamp] = [
      await detached('certified', 'signature'),
      await detached('certified', 'certificate'),
      await detached('certified', 'timestamp'),
    ]
    expect(await judge([...signature, ...certificate, ...timestamp], trust)).toBe('accepted')
    expect(await judge([...signature, ...timestamp], trust)).toEqual(['verify/key-unknown'])
    expect(await judge([...signature, ...certificate], trust)).toEqual(['verify/time-missing'])
    expect(
      await judge([...signature, '--certificate', other.certificate, ...timestamp], trust),
    ).toContain('verify/certificate-signature-invalid')
    expect(
      await judge([...signature, ...certificate, '--timestamp-file', other.timestamp], trust),
    ).toContain('verify/timestamp-imprint')
  })

  it('is refused with a bit of any file changed', async () => {
    const trust = { trust: 'logless-trust.json' }
    const { release, files } = await scene()
    const { signature, certificate, timestamp } = files.certified
    const write = (name: string, text: string) => {
      writeFileSync(join(release.folder, name), text)
      return name
    }
    const read = (path: string) => readFileSync(path, 'utf8')
    const stamp = (JSON.parse(read(timestamp)) as Record<string, string>)['SignedRFC3161Timestamp']
    const asked = (sig: string, pem: string, tsr: string) => [
      ...['--signature', sig, '--certificate', pem, '--timestamp-file', tsr],
    ]
    for (const at of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const sig = write('flipped.sig', flip(read(signature), at))
      expect(await judge(asked(sig, certificate, timestamp), trust)).not.toBe('accepted')
      const pem = write('flipped.pem', flipCertificate(read(certificate), at))
      expect(await judge(asked(signature, pem, timestamp), trust)).not.toBe('accepted')
      const tsr = write(
        'flipped.tsr',
        JSON.stringify({ SignedRFC3161Timestamp: flip(stamp ?? '', at) }),
      )
      expect(await judge(asked(signature, certificate, tsr), trust)).not.toBe('accepted')
    }
    const bare = write('bare.tsr', '')
    writeFileSync(join(release.folder, bare), Buffer.from(stamp ?? '', 'base64'))
    writeFileSync(join(release.folder, 'bare.sig'), Buffer.from(read(signature), 'base64'))
    expect(await judge(asked('bare.sig', certificate, bare), trust)).toBe('accepted')
  })
})
