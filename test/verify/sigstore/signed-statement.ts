// Statements signed by a certificate or a key, each with its entry in one log; and the root that knows authority and log.

import { sign } from 'node:crypto'
import { type Bundle, encodePae, IN_TOTO_PAYLOAD_TYPE } from '../../../src/bundle/index.ts'
import type { Instant } from '../../../src/core/index.ts'
import type { NamedRoot } from '../../../src/trust/index.ts'
import type { TestKey } from '../keys.ts'
import type { Json } from '../release.ts'
import { LEAF_KEY, makeLeaf, makeRoot, SIGNED_AT } from './test-authority.ts'
import { dsseV1 } from './test-bodies.ts'
import { extension, generalName, IDS } from './test-certificate.ts'
import { createTestLog } from './test-log.ts'

/** In the ten minutes of a leaf. */
export const WITNESSED_AT: Instant = SIGNED_AT + 60_000

const LOG = createTestLog({ generation: 1 })

/** Trusts the authority and the log of these statements. It has no certificate log, so that no promises are asked for. */
export const SCENE_ROOT: NamedRoot = {
  ...makeRoot({ transparencyLogs: [LOG.log], certificateLogs: [] }),
  mark: 'live',
}

/** What the certificate says: its name, and claims by their arc. */
export interface Certified {
  readonly san: string
  readonly claims: Readonly<Record<number, string>>
}

/** Signed by the holder of a certificate. */
export function certifyStatement(statement: Json, { san, claims }: Certified): Bundle {
  const issuer = claims[8]
  const certificate = makeLeaf({
    // An issuer is named twice, and equally.
    extensions: [
      extension.names(generalName.uri(san)),
      ...(issuer === undefined ? [] : [extension.claim(1, issuer)]),
      ...Object.entries(claims).map(([arc, text]) => extension.claim(Number(arc), text)),
    ],
    without: [11, 15]
      .filter((arc) => claims[arc] === undefined)
      .map((arc) => `${IDS.fulcio}.${arc}`),
    scts: () => [],
  })
  const envelope = encloseStatement(statement, (bytes) =>
    sign('sha256', bytes, LEAF_KEY.privateKey),
  )
  return {
    version: '0.3',
    keyMaterial: { kind: 'certificate', certificate: Uint8Array.from(certificate) },
    logEntries: [enter(dsseV1(envelope, { certificate }), WITNESSED_AT)],
    timestamps: [],
    content: { kind: 'dsse', envelope },
  }
}

/** Signed by a key, under the hint; without a time, no log holds it. */
export function signWithKey(
  statement: Json,
  { key, hint, at }: { readonly key: TestKey; readonly hint: string; readonly at?: Instant },
): Bundle {
  const envelope = encloseStatement(statement, (bytes) => key.sign(bytes))
  const spki = key.publicKey.key.export({ type: 'spki', format: 'der' })
  return {
    version: '0.3',
    keyMaterial: { kind: 'public-key', hint },
    logEntries: at === undefined ? [] : [enter(dsseV1(envelope, { spki }), at)],
    timestamps: [],
    content: { kind: 'dsse', envelope },
  }
}

function encloseStatement(statement: Json, signBytes: (bytes: Uint8Array) => Uint8Array) {
  const payload = Uint8Array.from(Buffer.from(JSON.stringify(statement)))
  const signature = Uint8Array.from(signBytes(encodePae(IN_TOTO_PAYLOAD_TYPE, payload)))
  return { payloadType: IN_TOTO_PAYLOAD_TYPE, payload, signature }
}

function enter(body: ReturnType<typeof dsseV1>, at: Instant) {
  return LOG.entry(LOG.append(body), { at })
}
