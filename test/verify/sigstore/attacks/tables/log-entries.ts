// Log entries that a trusted log really holds, and that are about something else; and entries of logs that nobody trusts.

import { sign } from 'node:crypto'
import { encodePae, type LogEntry } from '../../../../../src/bundle/index.ts'
import type { JsonObject } from '../../../../../src/core/index.ts'
import { LEAF_KEY, makeLeaf, SIGNED_AT } from '../../test-authority.ts'
import { dsseV1, dsseV2, envelopeV2, hashedRekordV2, intotoV2 } from '../../test-bodies.ts'
import { createTestLog } from '../../test-log.ts'
import type { Family } from '../attack.ts'
import { foreignBody, type Made, type Making, SEEN_AT } from '../scene.ts'

/** An entry beside which there is no other that counts. */
const refusedAs = (...codes: readonly string[]) => [...codes, 'verify/log-entry-missing'].toSorted()

/** The log holds another body too, and gives the entry for it. */
const logged = (bodyOf: (made: Made) => JsonObject): NonNullable<Making['entries']> =>
  function enter(made) {
    const index = made.log.append(bodyOf(made))
    return [made.log.entry(index, { at: SEEN_AT })]
  }

/** In Rekor v1 and in Rekor v2. */
const inBoth = (
  bodyOf: (made: Made, write: typeof envelopeV2) => JsonObject,
): Record<'v1' | 'v2', Making> => ({
  v1: { entries: logged((made) => bodyOf(made, dsseV1)) },
  v2: { log: { generation: 2 }, entries: logged((made) => bodyOf(made, envelopeV2)) },
})

const signAgain = ({ envelope }: Made): Uint8Array =>
  sign('sha256', encodePae(envelope.payloadType, envelope.payload), LEAF_KEY.privateKey)

const anotherSignature = inBoth((made, write) =>
  write({ ...made.envelope, signature: signAgain(made) }, { certificate: made.certificate }),
)
/** Of the same key, for the same name. */
const OTHER_CERTIFICATE = makeLeaf({ change: (leaf) => ({ ...leaf, serialNumber: 8 }) })
const anotherCertificate = inBoth((made, write) =>
  write(made.envelope, { certificate: OTHER_CERTIFICATE }),
)
const bareKey = inBoth((made, write) =>
  write(made.envelope, { spki: LEAF_KEY.publicKey.export({ type: 'spki', format: 'der' }) }),
)
const anotherPayload = inBoth(({ envelope, certificate }, write) =>
  write({ ...envelope, payload: Buffer.from('{}') }, { certificate }),
)

const changed =
  (change: (entry: LogEntry) => LogEntry): NonNullable<Making['entries']> =>
  ({ entry }) => [change(entry)]

const stranger = (made: Made, name: string) => {
  const log = createTestLog({ generation: 1, name })
  const index = log.append(dsseV1(made.envelope, { certificate: made.certificate }))
  return { log, entry: log.entry(index, { at: SEEN_AT }) }
}

const withBody = (body: (body: JsonObject) => JsonObject): Making => ({ body })

/** The body of v1, with its specification changed. */
const withSpec = (change: (spec: JsonObject) => JsonObject): Making =>
  withBody((body) => ({ ...body, spec: change(body['spec'] as JsonObject) }))

const NO_TIMESTAMP: Making = { timestamps: () => [] }

export const LOG_ENTRIES: Family = {
  name: 'log entries',
  attacks: [
    {
      ids: ['A-02'],
      defect: 'the entry is about another signature by the same key over the same bytes',
      codes: refusedAs('verify/log-signature-mismatch'),
      ways: anotherSignature,
    },
    {
      ids: ['A-03', 'SJ-10'],
      defect: 'the entry is about another certificate, or about the key alone',
      codes: refusedAs('verify/log-key-mismatch'),
      ways: {
        'another certificate, v1': anotherCertificate.v1,
        'another certificate, v2': anotherCertificate.v2,
        'the key, v1': bareKey.v1,
        'the key, v2': bareKey.v2,
      },
    },
    {
      ids: ['A-01'],
      defect: 'the entry is about other bytes',
      codes: refusedAs('verify/log-digest-mismatch'),
      ways: {
        ...anotherPayload,
        'another payload, dsse 0.0.2': {
          log: { generation: 2 },
          entries: logged(({ envelope, certificate }) =>
            dsseV2({ ...envelope, payload: Buffer.from('{}') }, { certificate }),
          ),
        },
        'the payload where the PAE is due': {
          log: { generation: 2 },
          entries: logged(({ envelope, signature, certificate }) =>
            hashedRekordV2(envelope.payload, signature, { certificate }),
          ),
        },
        'another payload type': {
          entries: logged(({ envelope, certificate }) =>
            intotoV2({ ...envelope, payloadType: 'text/plain' }, { certificate }),
          ),
        },
        'an artifact of another release': {
          content: 'message',
          log: { generation: 2 },
          entries: logged(({ signature, certificate }) =>
            hashedRekordV2(Buffer.from('another artifact'), signature, { certificate }),
          ),
        },
      },
      twin: {
        entries: logged(({ envelope, certificate }) => intotoV2(envelope, { certificate })),
      },
    },
    {
      ids: ['A-01'],
      defect: 'the entry of another release stands in',
      codes: refusedAs(
        'verify/log-digest-mismatch',
        'verify/log-key-mismatch',
        'verify/log-signature-mismatch',
      ),
      ways: {
        ...inBoth((_, write) =>
          write(
            { payloadType: 'x', payload: Buffer.from('{}'), signature: Buffer.of(1) },
            { certificate: OTHER_CERTIFICATE },
          ),
        ),
        'of this log': { entries: ({ log }) => [log.entry(0, { at: SEEN_AT })] },
      },
    },
    {
      ids: ['A-11', 'A-15'],
      defect: 'no root has the log, whatever it says of itself',
      codes: refusedAs('verify/log-unknown'),
      ways: {
        'another log': { entries: (made) => [stranger(made, 'evil.example').entry] },
        'another log of the same name': {
          entries: (made) => [stranger(made, 'log.example').entry],
        },
        'the log under another id': {
          entries: changed((entry) => ({ ...entry, logId: Buffer.alloc(32, 7) })),
        },
        'a root without it': {
          root: () => ({ transparencyLogs: [createTestLog({ generation: 1 }).log] }),
        },
      },
    },
    {
      ids: ['A-11'],
      defect: 'the entry of another log goes by the id of a trusted one',
      codes: refusedAs('verify/checkpoint-signature-invalid', 'verify/log-promise-invalid'),
      ways: {
        'with its own proof': {
          entries: (made) => {
            const { entry } = stranger(made, 'log.example')
            const checkpoint = entry.inclusionProof?.checkpoint ?? ''
            const { keyId } = made.log.signer
            const renamed = checkpoint.replace(/(\S+)\n$/, (line) => {
              const bytes = Buffer.from(line, 'base64')
              return `${Buffer.concat([keyId, bytes.subarray(4)]).toString('base64')}\n`
            })
            return [
              {
                ...entry,
                logId: made.log.log.logId,
                ...(entry.inclusionProof && {
                  inclusionProof: { ...entry.inclusionProof, checkpoint: renamed },
                }),
              },
            ]
          },
        },
      },
    },
    {
      ids: ['A-27'],
      defect: 'the log was not trusted at that time',
      codes: refusedAs('verify/log-time'),
      ways: {
        retired: { log: { generation: 1, validFor: { start: 0, end: SEEN_AT - 1 } } },
        'not yet there': { log: { generation: 1, validFor: { start: SEEN_AT + 1 } } },
      },
      twin: { log: { generation: 1, validFor: { start: SEEN_AT, end: SEEN_AT } } },
    },
    {
      ids: ['A-27'],
      defect: 'the log has no time of its own, and was not trusted when another saw the signature',
      codes: ['verify/log-time'],
      ways: {
        retired: { log: { generation: 2, validFor: { start: 0, end: SEEN_AT - 1 } } },
        'not yet there': { log: { generation: 2, validFor: { start: SEEN_AT + 1 } } },
      },
      twin: { log: { generation: 2, validFor: { start: SEEN_AT, end: SEEN_AT } } },
    },
    {
      ids: ['A-04', 'SJ-18'],
      defect: 'nobody vouches for the time: the promise is gone, and the entry says a time',
      codes: ['verify/time-missing'],
      ways: {
        'as it was': {
          ...NO_TIMESTAMP,
          entries: ({ log, index }) => [log.entry(index, { at: SEEN_AT, promise: false })],
        },
        forged: {
          ...NO_TIMESTAMP,
          entries: ({ log, index }) => [log.entry(index, { at: SIGNED_AT, promise: false })],
        },
        'in Rekor v2': {
          ...NO_TIMESTAMP,
          log: { generation: 2 },
          entries: changed((entry) => ({ ...entry, integratedTime: SEEN_AT })),
        },
      },
      twin: NO_TIMESTAMP,
    },
    {
      ids: ['A-04', 'A-05', 'A-10'],
      defect: 'the promise is about another time, index, body or entry',
      codes: refusedAs('verify/log-promise-invalid'),
      ways: {
        'another time': {
          entries: changed((entry) => ({ ...entry, integratedTime: SEEN_AT + 1_000 })),
        },
        'no time': {
          entries: changed(({ integratedTime: _, ...entry }) => entry),
        },
        'another index': {
          entries: changed((entry) => ({ ...entry, logIndex: entry.logIndex + 1n })),
        },
        'an index that is no double': { log: { generation: 1, offset: 2n ** 53n } },
        'the promise of another entry': {
          entries: ({ log, entry }) => [
            { ...entry, inclusionPromise: log.promise(log.entry(0, { at: SEEN_AT })) },
          ],
        },
      },
    },
    {
      ids: ['A-09', 'SJ-15'],
      defect: 'one entry is there twice',
      codes: ['verify/log-entry-duplicate'],
      ways: {
        'as it is': { entries: ({ entry }) => [entry, entry] },
        'under another index': {
          log: { generation: 1 },
          entries: ({ log, index, entry }) => [
            entry,
            { ...log.entry(index, { at: SEEN_AT, promise: false }), logIndex: 9n },
          ],
        },
        'under another tree': {
          entries: ({ log, index, entry }) => {
            log.append(foreignBody(3))
            return [entry, log.entry(index, { at: SEEN_AT + 1_000 })]
          },
        },
      },
    },
    {
      ids: ['A-10'],
      defect: 'the kind or version of the entry is not known',
      codes: refusedAs('verify/log-entry-kind'),
      ways: {
        kind: withBody((body) => ({ ...body, kind: 'rpm' })),
        version: withBody((body) => ({ ...body, apiVersion: '0.0.3' })),
        'the name of an inherited member': withBody((body) => ({ ...body, kind: 'constructor' })),
      },
    },
    {
      ids: ['A-13'],
      defect: 'the body of the entry can not be read in one way',
      codes: refusedAs('verify/log-entry-malformed'),
      ways: {
        'two signatures': withSpec((spec) => {
          const signatures = spec['signatures'] as JsonObject[]
          return { ...spec, signatures: [...signatures, ...signatures] }
        }),
        'no signature': withSpec((spec) => ({ ...spec, signatures: [] })),
        'a member of its own': withSpec((spec) => ({ ...spec, more: true })),
        'another kind than beside it': {
          entries: changed((entry) => ({ ...entry, kind: 'hashedrekord' })),
        },
        'another version than beside it': {
          log: { generation: 2 },
          entries: changed((entry) => ({ ...entry, version: '0.0.1' })),
        },
      },
    },
  ],
}
