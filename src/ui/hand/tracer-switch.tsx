import { useApp } from '../state/store.ts'
import { Segments } from '../widgets/segments.tsx'
import { chooseTracer } from './decide.ts'

/** Who traces the guest. */
export function TracerSwitch() {
  const tracer = useApp((state) => state.tracer)
  return (
    <Segments
      label="Tracer" value={tracer} options={[{ id: 'script', title: 'Script' }, { id: 'hand', title: 'By hand' }]} onChange={chooseTracer}
    />
  )
}
