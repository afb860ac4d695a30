import { useState, type ReactElement } from 'react';
import { When } from '../shell/when.tsx';
import { WhyDialog } from '../shell/why-dialog.tsx';
import { useWords } from '../words/use-words.tsx';

interface RemindProps {
  readonly onGo: (about: string, at: number) => void;
  readonly onClose: () => void;
}

/** Also of what comes long after the task is done. */
export function Remind({ onGo, onClose }: RemindProps): ReactElement {
  const { page } = useWords();
  const [at, setAt] = useState<number | null>(null);
  return (
    <WhyDialog
      title={page.remindTitle}
      label={page.remindAbout}
      go={page.remind}
      isReady={at !== null}
      onGo={(about) => {
        if (at !== null) onGo(about, at);
      }}
      onClose={onClose}
    >
      <When label={page.remindWhen} chosen={at} onChoose={setAt} />
    </WhyDialog>
  );
}
