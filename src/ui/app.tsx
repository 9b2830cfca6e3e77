import { Help } from './commands/help.tsx'
import { Palette } from './commands/palette.tsx'
import { useKeys } from './commands/use-keys.ts'
import { ReplaceDialog } from './hand/replace-dialog.tsx'
import { DropZone } from './files/drop-zone.tsx'
import { FilesDialog } from './files/files-dialog.tsx'
import { GuestDialog } from './share/guest-dialog.tsx'
import { ShareDialog } from './share/share-dialog.tsx'
import styles from './shell/app.module.css'
import { Announcer } from './shell/announcer.tsx'
import { Banner } from './shell/banner.tsx'
import { LoadingBanner } from './shell/loading-banner.tsx'
import { MenuBar } from './shell/menu-bar.tsx'
import { PhoneBar, PhoneChoice } from './shell/phone-bar.tsx'
import { StatusBar } from './shell/status-bar.tsx'
import { Transport } from './shell/transport.tsx'
import { useSwipe } from './shell/use-swipe.ts'
import { useWidth } from './shell/use-media.ts'
import { Work } from './shell/work.tsx'
import { useApp } from './state/store.ts'

/** The whole page. */
export function App() {
  useKeys()
  const width = useWidth()
  const front = useApp((state) => state.front)
  const swipe = useSwipe()
  return (
    <div className={styles.app} data-width={width}>
      <h1 className={styles.said}>Skipcall</h1>
      {width === 'phone' ? (
        <>
          <div {...swipe}><PhoneBar /></div>
          {front === 'editor' && <PhoneChoice />}
        </>
      ) : <><MenuBar /><Transport /></>}
      <LoadingBanner />
      <Banner />
      <Work width={width} />
      {width !== 'phone' && <StatusBar />}
      <Announcer />
      <Dialogs />
      <DropZone />
    </div>
  )
}

function Dialogs() {
  const dialog = useApp((state) => state.dialog)
  const show = useApp((state) => state.show)
  const close = (): void => show({ dialog: 'none' })
  switch (dialog) {
    case 'help': return <Help onClose={close} />
    case 'palette': return <Palette onClose={close} />
    case 'share': return <ShareDialog onClose={close} />
    case 'guest': return <GuestDialog onClose={close} />
    case 'files': return <FilesDialog onClose={close} />
    case 'replace': return <ReplaceDialog onClose={close} />
    default: return null
  }
}
