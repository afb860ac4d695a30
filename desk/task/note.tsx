/** What was said on the phone, for whoever reads the conversation next. */
import { Button, Textarea } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import form from '../shell/form.module.css';

interface NoteProps {
  /** Only whoever has the task can have answered by a call. */
  readonly canReach: boolean;
  readonly onSave: (text: string, reached: boolean) => void;
  readonly onClose: () => void;
}

export function Note({ canReach, onSave, onClose }: NoteProps): ReactElement {
  const words = useWords();
  const [text, setText] = useState('');
  const [reached, setReached] = useState(false);
  const save = (): void => {
    if (text.trim() !== '') onSave(text.trim(), reached);
  };
  return (
    <Dialog title={words.page.noteTitle} onClose={onClose}>
      <form
        className={form['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Textarea
          label={words.page.noteText}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
          }}
          rows={5}
          maxLength={20_000}
          autoFocus
        />
        {canReach && (
          <label className={form['check']}>
            <input type="checkbox" checked={reached} onChange={(event) => setReached(event.currentTarget.checked)} />
            {words.page.noteReached}
          </label>
        )}
        <div className={form['end']}>
          <Button variant="default" type="button" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" disabled={text.trim() === ''}>
            {words.page.noteSave}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
