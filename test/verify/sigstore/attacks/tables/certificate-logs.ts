// Promises of certificate logs: of other certificates, of other logs, and of logs that were not trusted at the time.

import {
  encodeSct,
  makeLog,
  SIGNED_AT,
  type SctOptions,
  type SctRequest,
  sctExtension,
  WORKFLOW,
  YEAR,
} from '../../test-authority.ts'
import { makeKey, spkiOf } from '../../test-certificate.ts'
import type { Family } from '../attack.ts'
import type { Making } from '../scene.ts'

const LOG_KEY = makeKey('P-256')
const promised = (...options: readonly SctOptions[]): Making => ({
  leaf: { scts: (request) => options.map((one) => encodeSct(request, one)) },
})

/** Promises that the extension holds as these bytes. */
const bare = (...scts: readonly Uint8Array[]): Making => ({
  leaf: { scts: () => [], extensions: [sctExtension(...scts)] },
})

/** The promise for a certificate that differs in its name alone. */
const forAnother: Making = {
  leaf: {
    scts: (request) => {
      const mine = Buffer.from(request.precertificate)
      const at = mine.indexOf(WORKFLOW)
      const precertificate = Buffer.from(mine).fill('x', at, at + 1)
      return [encodeSct({ ...request, precertificate })]
    },
  },
}

const forIssuer = (change: (request: SctRequest) => SctRequest): Making => ({
  leaf: { scts: (request) => [encodeSct(change(request))] },
})

export const CERTIFICATE_LOGS: Family = {
  name: 'certificate logs',
  attacks: [
    {
      ids: ['A-01'],
      defect: 'the promise is not the word of its log about this certificate',
      codes: ['verify/sct-invalid'],
      ways: {
        'of another certificate': forAnother,
        'under another issuer': forIssuer((request) => ({
          ...request,
          issuerSpki: spkiOf(LOG_KEY),
        })),
        'by another key, under the id of the log': promised({
          key: LOG_KEY,
          logId: makeLog().logId,
        }),
        'over SHA-1 (A-28)': promised({ digest: 'sha1' }),
        'called RSA': promised({ algorithm: [4, 1] }),
        'beside a good one': promised({}, { key: LOG_KEY, logId: makeLog().logId }),
        'before a good one': promised({ key: LOG_KEY, logId: makeLog().logId }, {}),
      },
    },
    {
      ids: ['A-11'],
      defect: 'no root has the log',
      codes: ['verify/sct-log-unknown'],
      ways: { 'another log': promised({ key: LOG_KEY }) },
      twin: promised({ key: LOG_KEY }, {}),
    },
    {
      ids: [],
      defect: 'there is no promise',
      codes: ['verify/sct-missing'],
      ways: { 'no extension': promised(), 'an empty list': bare() },
    },
    {
      ids: ['A-105'],
      defect: 'the promises can not be read',
      codes: ['verify/sct-malformed'],
      ways: {
        'an empty one': bare(Buffer.alloc(0)),
        'of another version': promised({ version: 1 }),
        'bytes after it': {
          leaf: { scts: (request) => [Buffer.concat([encodeSct(request), Buffer.alloc(1)])] },
        },
        'its end cut off': { leaf: { scts: (request) => [encodeSct(request).subarray(0, -1)] } },
        'a time after all dates': promised({ timestamp: 8.64e15 + 1 }),
      },
    },
    {
      ids: ['SJ-20'],
      defect: 'a promise that nobody asks for is there',
      codes: [],
      ways: {
        'of a log that no root has, beside a good one': promised({}, { key: LOG_KEY }),
        'under a root without certificate logs': { root: () => ({ certificateLogs: [] }) },
      },
    },
    {
      ids: ['A-27'],
      defect: 'the log was not trusted at the time of its promise',
      codes: ['verify/sct-log-time'],
      ways: {
        before: promised({ timestamp: SIGNED_AT - YEAR - 1 }),
        after: {
          root: () => ({
            certificateLogs: [makeLog(undefined, { validFor: { start: 0, end: SIGNED_AT - 1 } })],
          }),
        },
      },
      twin: {
        root: () => ({
          certificateLogs: [makeLog(undefined, { validFor: { start: 0, end: SIGNED_AT } })],
        }),
      },
    },
  ],
}
