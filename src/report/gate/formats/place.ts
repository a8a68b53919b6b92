// Where a rule stands, for tools that show it there.

import { join } from 'node:path/posix'

/** A place in a file. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column: number
}

/**
 * `gate/web.yaml, line 3, column 5`, taken apart again.
 *
 * @param folder of the policies, from where the tool looks at files
 */
export function placeOf(position: string, folder: string): Place {
  const [, file = position, line = 1, column = 1] =
    /^(.*), line (\d+), column (\d+)$/.exec(position) ?? []
  return { file: join(folder, file), line: Number(line), column: Number(column) }
}
