/** Other words for a step, or another time: seen what it would do, then proposed. */
import { Button, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import type { Effect, JourneyText, PictureStep, Proposal } from '../answers.ts';
import { ask, Refused } from '../ask.ts';
import { useTexts } from '../journeys/use-journeys.ts';
import { useMe } from '../session.tsx';
import { Dialog } from '../shell/dialog.tsx';
import { usePageWords } from '../words/use-page-words.ts';
import { useWords } from '../words/use-words.tsx';
import { EffectView } from './effect-view.tsx';
import classes from './proposals.module.css';

interface ProposeProps {
  readonly journey: string;
  readonly version: number;
  readonly step: PictureStep;
  readonly onClose: () => void;
}

export function Propose(props: ProposeProps): ReactElement {
  const { loading } = useWords();
  const { proposals: says } = usePageWords();
  const texts = useTexts(props.journey, props.version).data;
  const own = texts?.filter(({ template }) => template === props.step.template);
  return (
    <Dialog title={says.propose(props.step.step)} onClose={props.onClose}>
      {own ? <Form {...props} texts={own} /> : <p>{loading}</p>}
    </Dialog>
  );
}

type What = 'wait' | 'wording';

function Form({
  journey,
  version,
  step,
  texts,
  onClose,
}: ProposeProps & { readonly texts: readonly JourneyText[] }): ReactElement {
  const words = useWords();
  const { proposals: says } = usePageWords();
  const me = useMe();
  const doing = useDoing();
  const client = useQueryClient();
  const possible: readonly What[] = [
    ...(step.time === null ? [] : ['wait' as const]),
    ...(texts.length > 0 ? ['wording' as const] : []),
  ];
  const [what, setWhat] = useState<What>(possible[0] ?? 'wait');
  const [locale, setLocale] = useState(texts[0]?.locale ?? 'en');
  const textIn = (one: string): string => texts.find((text) => text.locale === one)?.body ?? '';
  const [time, setTime] = useState(step.time ?? '');
  const [text, setText] = useState(() => textIn(locale));
  const [why, setWhy] = useState('');
  const [effect, setEffect] = useState<Effect | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const change = what === 'wait' ? { is: 'wait', after: time.trim() } : { is: 'wording', locale, after: text.trim() };
  const body = { agent: me.name, journey, version, step: step.step, change };
  const another = (set: () => void): void => {
    set();
    setEffect(null);
    setFault(null);
  };
  const [isAsking, setAsking] = useState(false);
  const asking = async (go: () => Promise<void>): Promise<void> => {
    setAsking(true);
    try {
      await go();
      setFault(null);
    } catch (error) {
      setEffect(null);
      setFault(sayRefusal(error));
    } finally {
      setAsking(false);
    }
  };
  const see = (): Promise<void> =>
    asking(async () => setEffect(await ask<Effect>('/v1/proposals/preview', { method: 'POST', body })));
  const send = (): Promise<void> =>
    asking(async () => {
      const sent = await ask<{ proposal: Proposal }>('/v1/proposals', {
        method: 'POST',
        body: { ...body, why: why.trim() },
      });
      await client.invalidateQueries({ queryKey: ['proposals'] });
      doing.tell(says.sent(sent.proposal.name));
      onClose();
    });
  if (possible.length === 0) return <p>{says.nothingToChange}</p>;
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void (effect === null ? see() : send());
      }}
    >
      {possible.length > 1 && (
        <div className={classes['what']} role="group" aria-label={says.propose(step.step)}>
          {possible.map((one) => (
            <button key={one} type="button" aria-pressed={one === what} onClick={() => another(() => setWhat(one))}>
              {says[one]}
            </button>
          ))}
        </div>
      )}
      {what === 'wait' ? (
        <TextInput
          label={says.after}
          description={says.waitNow(step.time ?? '')}
          value={time}
          maxLength={100}
          required
          onChange={(event) => another(() => setTime(event.target.value))}
        />
      ) : (
        <>
          {texts.length > 1 && (
            <label>
              {says.locale}{' '}
              <select
                value={locale}
                onChange={({ target }) =>
                  another(() => {
                    setLocale(target.value);
                    setText(textIn(target.value));
                  })
                }
              >
                {texts.map((one) => (
                  <option key={one.locale}>{one.locale}</option>
                ))}
              </select>
            </label>
          )}
          <Textarea
            label={says.text}
            value={text}
            rows={8}
            maxLength={20_000}
            required
            onChange={(event) => another(() => setText(event.target.value))}
          />
        </>
      )}
      <TextInput
        label={says.why}
        value={why}
        maxLength={500}
        required
        onChange={(event) => setWhy(event.target.value)}
      />
      {fault !== null && (
        <p className={classes['fault']} role="alert">
          {fault}
        </p>
      )}
      {effect && <EffectView effect={effect} />}
      <div className={classes['ends']}>
        <Button type="submit" loading={isAsking}>
          {effect === null ? says.see : says.send}
        </Button>
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}

const sayRefusal = (error: unknown): string => {
  if (error instanceof Refused) return [error.message, ...error.faults].join(' ');
  return error instanceof Error ? error.message : String(error);
};
