// The body of a log entry, by its kind and version (rekor/pkg/types, rekor-tiles). A kind that is not here is refused (RK-6).

import {
  accept,
  encodeJsonPointer,
  type JsonValue,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../../../core/index.ts'
import type { LogEntry } from '../../../../bundle/index.ts'
import type { SigstoreProblem } from '../../problem.ts'
import { DSSE_BODY_V1, HASHEDREKORD_BODY_V1, INTOTO_BODY_V2 } from './rekor-v1.ts'
import { DSSE_BODY_V2, HASHEDREKORD_BODY_V2 } from './rekor-v2.ts'
import type { BodySchema } from './schema.ts'
import type { LoggedSignature } from './logged-signature.ts'

/** What of an entry says what its body is. */
export type UnverifiedBody = Pick<LogEntry, 'kind' | 'version' | 'canonicalizedBody'>

/**
 * Not here: `intoto` 0.0.1, which logs no signature, so that nothing ties it to one; `rekord` and the kinds of packages, which no
 * bundle has.
 */
const SCHEMAS: ReadonlyMap<string, BodySchema> = new Map([
  ['hashedrekord 0.0.1', HASHEDREKORD_BODY_V1],
  ['dsse 0.0.1', DSSE_BODY_V1],
  ['intoto 0.0.2', INTOTO_BODY_V2],
  ['hashedrekord 0.0.2', HASHEDREKORD_BODY_V2],
  ['dsse 0.0.2', DSSE_BODY_V2],
])

/** In Rekor v2 the index of an entry is its place in the one tree; in v1 shards stand between them (RK-4). */
export function isRekorV2({ kind, version }: Pick<UnverifiedBody, 'kind' | 'version'>): boolean {
  return version === '0.0.2' && kind !== 'intoto'
}

/** Reads the body of an entry, or says why not. The entry and its body must name one kind and version. */
export function parseBody(entry: UnverifiedBody): Result<LoggedSignature, SigstoreProblem> {
  const kind = `${entry.kind} ${entry.version}`
  const schema = SCHEMAS.get(kind)
  if (schema === undefined) {
    const known = [...SCHEMAS.keys()].join(', ')
    return refuse({
      code: 'verify/log-entry-kind',
      message: `Expected a log entry of a kind that we know (${known}), found ${quote(kind)}`,
    })
  }
  const json = parseJson(entry.canonicalizedBody)
  if (!json.ok) {
    return refuse({
      code: 'verify/log-entry-malformed',
      message: 'Expected the body of the log entry in JSON',
      because: json.problems,
    })
  }
  return shapeBody(kind, schema, json.value)
}

function shapeBody(
  kind: string,
  schema: BodySchema,
  value: JsonValue,
): Result<LoggedSignature, SigstoreProblem> {
  const shaped = schema.safeParse(value)
  if (shaped.success) return accept(shaped.data)
  return refuse({
    code: 'verify/log-entry-malformed',
    message: `Expected the body of a log entry of kind ${quote(kind)}, found another one`,
    because: shaped.error.issues.map(({ path }) => ({
      code: 'verify/log-entry-malformed',
      message: 'Expected what this kind of entry has here, found something else',
      at: encodeJsonPointer(path),
    })),
  })
}
