/** Where one writes to the customer. What is written stays with the task until it is sent, also over a reload. */
import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import type { Customer, TaskWhole, Warning } from '../answers.ts';
import { ask } from '../ask.ts';
import { useMe } from '../session.tsx';
import { useWords } from '../words/use-words.tsx';
import { ReplyPreview, usePreview } from './reply-preview.tsx';
import { Warned } from './warned.tsx';
import { waysTo } from './ways-to.ts';
import classes from './task.module.css';

interface ReplyProps {
  readonly task: TaskWhole;
  readonly customer: Customer;
  readonly name: string;
  /** Rises each time that somebody wants to write: then the field has the focus, also where it is only now there. */
  readonly wantsToWrite: number;
  /** Whether something is being written: colleagues see it. */
  readonly onWriting: (isWriting: boolean) => void;
}
type Answered = { readonly sent: true } | { readonly sent: false; readonly warnings: readonly Warning[] };

const draftOf = (task: TaskWhole): string => `righttouch-draft-${task.id}`;

export function Reply({ task, customer, name, wantsToWrite, onWriting }: ReplyProps): ReactElement {
  const words = useWords();
  const me = useMe();
  const doing = useDoing();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (wantsToWrite > 0) field.current?.focus();
  }, [wantsToWrite]);
  const [text, setText] = useState(() => sessionStorage.getItem(draftOf(task)) ?? '');
  const [wanted, setWanted] = useState<string | null>(null);
  const [asked, setAsked] = useState<readonly Warning[] | null>(null);
  useEffect(() => {
    if (text === '') sessionStorage.removeItem(draftOf(task));
    else sessionStorage.setItem(draftOf(task), text);
    onWriting(text !== '');
  }, [text, task, onWriting]);
  const ways = waysTo(customer);
  const channel = ways.find((way) => way === wanted) ?? ways[0];
  const preview = usePreview(task.id, channel, text);
  if (channel === undefined) return <p className={classes['noWay']}>{words.task.noWay}</p>;
  const by = words.channels[channel] ?? channel;

  /** Warned of something, they are asked why they go on before anything is on its way. */
  const send = (why?: string): void => {
    const said = text.trim();
    if (said === '') return;
    const warnings = preview?.channel === channel ? preview.warnings : [];
    if (why === undefined && warnings.length > 0) {
      setAsked(warnings);
      return;
    }
    setAsked(null);
    const idempotencyKey = crypto.randomUUID();
    setText('');
    void doing.act({
      says: words.task.sending,
      late: true,
      onBack: () => setText(said),
      go: async () => {
        const answer = await ask<Answered>(`/v1/tasks/${task.id}/answer`, {
          method: 'POST',
          body: { agent: me.name, text: said, channel, ...(why !== undefined && { why }) },
          idempotencyKey,
          keepalive: true,
        });
        // Something has come up since it was looked at: it was not sent, and they decide anew.
        if (!answer.sent) throw new Error(words.task.warned(answer.warnings.map(({ rule }) => rule).join(', ')));
      },
    });
  };
  return (
    <form
      className={classes['reply']}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={field}
        aria-label={words.task.replyTo(name, by)}
        placeholder={words.task.replyTo(name, by)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
        rows={3}
        maxLength={20_000}
      />
      <div className={classes['replyEnd']}>
        {ways.length > 1 && (
          <div className={classes['ways']} role="group" aria-label={words.page.channel}>
            {ways.map((way) => (
              <button key={way} type="button" aria-pressed={way === channel} onClick={() => setWanted(way)}>
                {words.channels[way] ?? way}
              </button>
            ))}
          </div>
        )}
        {preview && <ReplyPreview preview={preview} text={text} />}
        <Button type="submit" disabled={text.trim() === ''}>
          {words.task.send}
        </Button>
        <kbd>{words.task.sendKeys}</kbd>
      </div>
      {asked && (
        <Warned warnings={asked} go={words.task.send} onGo={(why) => send(why)} onClose={() => setAsked(null)} />
      )}
    </form>
  );
}
