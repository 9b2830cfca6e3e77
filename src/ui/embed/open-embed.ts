import { decodeRecording } from '../../engine/link/recording.ts'
import { isLink } from '../../engine/link/location.ts'
import { fetchAsset } from '../session/asset.ts'
import { loadManifest } from '../session/manifest.ts'
import { openLocation } from '../session/open-link.ts'
import { documentOf } from '../session/recipe-of.ts'
import { inflate } from '../share/inflate.ts'
import { askForSource } from '../share/source.ts'
import { app } from '../state/store.ts'

/** The first example, as the page shows it to somebody new: an embed of nothing in particular. */
const openFirst = async (): Promise<void> => {
  const [file, manifest] = await Promise.all([fetchAsset('examples/first-run.bin'), loadManifest()])
  const read = decodeRecording(new Uint8Array(await file.arrayBuffer()), inflate)
  if (!read.ok) return
  const { edit, showRecording } = app.getState()
  edit({ ...documentOf(read.value.recipe, manifest), example: undefined, annotations: [] })
  showRecording(read.value)
}

/** Opens what the address of an embed names. It keeps nothing, and recalls nothing of the page that this browser knows. */
export const openEmbed = async (): Promise<void> => {
  try {
    if (isLink(location.hash)) await openLocation()
    else if (!askForSource()) await openFirst()
  } catch (error) {
    app.getState().arrange({ notice: { tone: 'danger', cause: error instanceof Error ? error.message : String(error), cure: 'Reload the page to try again.' } })
  }
}
