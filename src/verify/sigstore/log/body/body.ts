// The body of a log entry, by its kind and version (rekor/pkg/types, rekor-tiles). A kind that is not here is refused (RK-6).

import {
  isJsonObject,
  judge,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../../../core/index.ts'
import type { LogEntry } from '../../../../bundle/index.ts'
import type { SigstoreProblem } from '../../problem.ts'
import { type BodyPlace, bodyPlaceOf } from './body-place.ts'
import type { LoggedSignature } from './logged-signature.ts'
import { readDsseV1, readHashedRekordV1, readIntotoV2 } from './rekor-v1.ts'
import { readDsseV2, readHashedRekordV2 } from './rekor-v2.ts'

/** What of an entry says what its body is. */
export type UnverifiedBody = Pick<LogEntry, 'kind' | 'version' | 'canonicalizedBody'>

/** What a body says; what is wrong with it is told in the place. */
type BodyReader = (body: BodyPlace) => LoggedSignature

/**
 * Not here: `intoto` 0.0.1, which logs no signature, so that nothing ties it to one; `rekord` and the kinds of packages, which no
 * bundle has.
 */
const READERS: ReadonlyMap<string, BodyReader> = new Map([
  ['hashedrekord 0.0.1', readHashedRekordV1],
  ['dsse 0.0.1', readDsseV1],
  ['intoto 0.0.2', readIntotoV2],
  ['hashedrekord 0.0.2', readHashedRekordV2],
  ['dsse 0.0.2', readDsseV2],
])

/** In Rekor v2 the index of an entry is its place in the one tree; in v1 shards stand between them (RK-4). */
export function isRekorV2({ kind, version }: Pick<UnverifiedBody, 'kind' | 'version'>): boolean {
  return version === '0.0.2' && kind !== 'intoto'
}

/** Reads the body of an entry, or says why not. The entry and its body must name one kind and version. */
export function parseBody(entry: UnverifiedBody): Result<LoggedSignature, SigstoreProblem> {
  const kind = `${entry.kind} ${entry.version}`
  const read = READERS.get(kind)
  if (read === undefined) {
    const known = [...READERS.keys()].join(', ')
    return refuse({
      code: 'verify/log-entry-kind',
      message: `Expected a log entry of a kind that we know (${known}), found ${quote(kind)}`,
    })
  }
  const json = parseJson(entry.canonicalizedBody)
  if (!json.ok || !isJsonObject(json.value)) {
    return refuse({
      code: 'verify/log-entry-malformed',
      message: 'Expected the body of the log entry in JSON',
      ...(!json.ok && { because: json.problems }),
    })
  }
  const place = bodyPlaceOf(json.value)
  const body = judge(read(place), place.problems)
  if (body.ok) return body
  return refuse({
    code: 'verify/log-entry-malformed',
    message: `Expected the body of a log entry of kind ${quote(kind)}, found another one`,
    because: body.problems,
  })
}
