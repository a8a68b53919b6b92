// The last look at what is about to be signed, whatever it is: a signature publishes it, and a log takes nothing back.

import { accept, type JsonValue, type Result, refuse } from '../../core/index.ts'
import { findSecrets } from '../../statement/index.ts'

/**
 * nothing secret is signed, and its value is not shown.
 *
 * @param value the document that is signed, or its text
 */
export function judgePublishable(value: JsonValue): Result<undefined> {
  const [secret, ...secrets] = findSecrets(value).map(({ at, ...problem }) =>
    at === '' ? problem : { ...problem, ...(at !== undefined && { at }) },
  )
  return secret === undefined ? accept(undefined) : refuse(secret, ...secrets)
}
