import { parseArgs } from 'node:util'
import { availableParallelism } from 'node:os'

export interface GradeOptions {
  /** Folders or files of exercises that are none of the course's, or instead of one of them. */
  readonly exercises: readonly string[]
  /** A file, or '-' for the standard output. */
  readonly csv: string | undefined
  readonly junit: string | undefined
  /** Pages that work at the same time. */
  readonly jobs: number
  /** What hidden cases are drawn with; undefined: a new one. */
  readonly secret: string | undefined
  /** A file of links, or '-' for the standard input. */
  readonly links: string
}

export const HELP = `Usage: npm run grade -- [options] LINKS

Runs every answer of a list again, on the exercise's cases and on hidden ones, and says which pass.
LINKS is a file, or - for the standard input: one link a line, as "Copy the link to hand in"
makes it, with a name before it if you like ("Ada Lovelace https://…/#ex=count/…").
Lines that are empty or begin with "# " are left out.

Links come from strangers: their scripts run in the page's own sandbox in a Chromium without
a window, never in Node. A link is run and not believed: its exercise comes from here, not from it.

      --exercise PATH  an exercise of your own, a folder or a file that holds it whole; repeatable
      --csv FILE       a line for each link; - for the standard output
      --junit FILE     the same as JUnit XML, for CI; - for the standard output
      --jobs N         pages that work at the same time (default: one for each processor)
      --secret WORD    draws the hidden cases: the same word, the same cases (default: a new one,
                       which is printed in the end). Also in the environment as GRADE_SECRET
      --help           this text

Exit code: 0 when every answer passed, 1 when one did not, 2 for a mistake in the arguments.`

/** A mistake in the arguments, in a sentence. */
export class GradeUsageError extends Error {}

/** Reads the command line; undefined where help was asked for. Throws a GradeUsageError. */
export const readGradeOptions = (words: readonly string[], env: Readonly<Record<string, string | undefined>>): GradeOptions | undefined => {
  let parsed
  try {
    parsed = parseArgs({
      args: [...words], allowPositionals: true,
      options: {
        exercise: { type: 'string', multiple: true }, csv: { type: 'string' }, junit: { type: 'string' }, jobs: { type: 'string' },
        secret: { type: 'string' }, help: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new GradeUsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
  const { values, positionals } = parsed
  if (values.help === true) return undefined
  const [links, ...rest] = positionals
  if (links === undefined || rest.length > 0) throw new GradeUsageError('Give one list of links: a file, or - for the standard input.')
  const jobs = values.jobs === undefined ? availableParallelism() : Number(values.jobs)
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64) throw new GradeUsageError('--jobs is a number from 1 to 64.')
  if (values.csv === '-' && values.junit === '-') throw new GradeUsageError('Only one of --csv and --junit can go to the standard output.')
  return { exercises: values.exercise ?? [], csv: values.csv, junit: values.junit, jobs, secret: values.secret ?? env['GRADE_SECRET'], links }
}
