import type { Trace } from '../../engine/trace/trace.ts'
import { Model } from './model.ts'
import { engineVocabulary } from './names.ts'

const models = new WeakMap<Trace, Model>()

/** The model of a trace, with everything that the trace has got by now. */
export const modelOf = (trace: Trace): Model => {
  const model = models.get(trace) ?? new Model(trace, engineVocabulary)
  models.set(trace, model)
  model.sync()
  return model
}
