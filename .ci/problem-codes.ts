// The codes of all problems with what they mean, read from the unions in the files `problem.ts` of `src/<module>`.

import ts from 'typescript'
import { descend, type SourceFile } from './source-file.ts'

export interface ProblemCode {
  readonly module: string
  /** `module/reason`. */
  readonly code: string
  /** The doc comment at the code, on one line; empty where there is none. */
  readonly meaning: string
}

/** In the order of the modules' folders, and of the codes in each file. */
export function listProblemCodes(sources: readonly SourceFile[]): readonly ProblemCode[] {
  return sources
    .filter(({ path, module }) => path.startsWith(`src/${module}/`) && path.endsWith('/problem.ts'))
    .flatMap(({ module, text, tree }) =>
      descend(tree)
        .filter((node) => ts.isLiteralTypeNode(node))
        .map(({ literal }) => literal)
        .filter((literal) => ts.isStringLiteral(literal))
        .filter((literal) => literal.text.includes('/'))
        .map((literal) => ({ module, code: literal.text, meaning: meaningOf(literal, text) })),
    )
}

/** The comment stands before the `|` of its member, or before the literal. */
function meaningOf(literal: ts.StringLiteral, text: string): string {
  const before = text.slice(0, literal.getStart())
  const [, comment = ''] = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*\|?\s*$/.exec(before) ?? []
  return comment.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim()
}
