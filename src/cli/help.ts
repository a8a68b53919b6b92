// `assay help [TOPIC]`: the ideas behind the commands, a screen each.

import { buildCommand } from '@stricli/core'
import { type Answer, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { type NoFlags, parseText } from './flags.ts'
import { HELP_TOPICS } from './help-topics.ts'

export const command = buildCommand<NoFlags, [topic?: string], RunContext>({
  docs: {
    brief: 'Explain a topic: artifact-set, exit-codes, formats, keys, provenance, trust',
  },
  parameters: {
    flags: {},
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'What to explain', placeholder: 'topic', parse: parseText, optional: true },
      ],
    },
  },
  func: answering(async (_host, _flags: NoFlags, topic?: string): Promise<Answer> => {
    if (topic === undefined) return answerText(overview(), { topics: [...HELP_TOPICS.keys()] })
    const text = HELP_TOPICS.get(topic)
    if (text === undefined) {
      return refused([
        {
          code: 'cli/help-topic',
          message: `Expected a topic that is explained, found ${JSON.stringify(topic)}`,
          hint: `Topics: ${[...HELP_TOPICS.keys()].join(', ')}`,
        },
      ])
    }
    return answerText(text, { topic, text })
  }),
})

function answerText(text: string, document: { [name: string]: string | string[] }): Answer {
  return {
    kind: 'finished',
    outcome: 'accepted',
    text,
    document: { schema: 'assay/help/v1', ...document },
  }
}

function overview(): string {
  const lines = [...HELP_TOPICS].map(([topic, text]) => {
    return `  ${topic.padEnd(14)}${text.slice(0, text.indexOf('\n'))}`
  })
  return ['Topics of `assay help TOPIC`:', '', ...lines, ''].join('\n')
}
