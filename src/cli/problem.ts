import type { Problem } from '../core/index.ts'

export type CliProblem = Problem<'cli/bug' | 'cli/help-topic' | 'cli/usage'>
