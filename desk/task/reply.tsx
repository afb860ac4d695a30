/** Where one writes to the customer. What is written stays with the task until it is sent, also over a reload. */
import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { Customer, TaskWhole } from '../answers.ts';
import { useDoing } from '../acts.tsx';
import { ask } from '../ask.ts';
import { useMe } from '../session.tsx';
import { useWords } from '../words/use-words.tsx';
import classes from './task.module.css';

interface ReplyProps {
  readonly task: TaskWhole;
  readonly customer: Customer;
  readonly name: string;
  /** Rises each time that somebody wants to write: then the field has the focus, also where it is only now there. */
  readonly wantsToWrite: number;
}
interface Answered {
  readonly warnings: readonly { readonly gate: string; readonly rule: string }[];
}

const draftOf = (task: TaskWhole): string => `righttouch-draft-${task.id}`;

export function Reply({ task, customer, name, wantsToWrite }: ReplyProps): ReactElement {
  const words = useWords();
  const me = useMe();
  const doing = useDoing();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (wantsToWrite > 0) field.current?.focus();
  }, [wantsToWrite]);
  const [text, setText] = useState(() => sessionStorage.getItem(draftOf(task)) ?? '');
  useEffect(() => {
    if (text === '') sessionStorage.removeItem(draftOf(task));
    else sessionStorage.setItem(draftOf(task), text);
  }, [text, task]);
  const channel = channelTo(customer);
  if (channel === null) return <p className={classes['noWay']}>{words.task.noWay}</p>;
  const by = words.channels[channel] ?? channel;

  const send = (): void => {
    const said = text.trim();
    if (said === '') return;
    const idempotencyKey = crypto.randomUUID();
    setText('');
    void doing.act({
      says: words.task.sending,
      late: true,
      onBack: () => setText(said),
      go: async () => {
        const { warnings } = await ask<Answered>(`/v1/tasks/${task.id}/answer`, {
          method: 'POST',
          body: { agent: me.name, text: said },
          idempotencyKey,
          keepalive: true,
        });
        if (warnings.length > 0) doing.tell(words.task.warned(warnings.map(({ rule }) => rule).join(', ')));
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
        <span className={classes['quiet']}>{words.task.replyOn(by)}</span>
        <Button type="submit" disabled={text.trim() === ''}>
          {words.task.send}
        </Button>
        <kbd>{words.task.sendKeys}</kbd>
      </div>
    </form>
  );
}

/** As the engine chooses: where they wrote; else what they prefer; else what they have. */
function channelTo(customer: Customer): string | null {
  const has = new Set<string>(customer.addresses.map((address) => address.channel));
  const inOrder = [customer.wroteOn, customer.preferredChannel, 'email', 'sms'];
  return inOrder.find((one) => (one === 'email' || one === 'sms') && has.has(one)) ?? null;
}
