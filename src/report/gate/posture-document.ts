// The posture of a project as JSON: tokens and numbers, and the sentence that is made of them.

import type { JsonObject } from '../../core/index.ts'
import type { PostureLine } from '../../gate/index.ts'
import { documentOfCounter } from './counter-document.ts'
import { labelOf, sentenceOf } from './posture-text.ts'

/** One line. */
export function documentOfPosture(line: PostureLine): JsonObject {
  return {
    ...('counter' in line
      ? { ...line, counter: documentOfCounter(line.counter) }
      : 'approval' in line
        ? { ...line, approval: { ...line.approval } }
        : line),
    label: labelOf(line),
    sentence: sentenceOf(line),
  }
}
