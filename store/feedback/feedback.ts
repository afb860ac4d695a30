/** What people at the desk say of automated steps: one tap on each in the timeline of a customer, one voice a person and touch. */
import type { FeedbackSays } from '../database/field.ts';
import type { Db } from '../open.ts';

export const feedbackSays = ['helped', 'too-late', 'should-not-exist'] as const satisfies readonly FeedbackSays[];

export interface Said {
  readonly customerId: string;
  readonly touchId: string;
  readonly agent: string;
  /** Null: taken back. */
  readonly says: FeedbackSays | null;
  readonly now: number;
}

/** False: this customer has no such touch that a step of a journey made by itself. The same again changes nothing; another word replaces it. */
export async function sayOfStep(db: Db, { customerId, touchId, agent, says, now }: Said): Promise<boolean> {
  const touch = await db
    .selectFrom('touches')
    .select(['journey', 'version', 'step'])
    .where('id', '=', touchId)
    .where('customer_id', '=', customerId)
    .where('made_by', '=', 'tech')
    .executeTakeFirst();
  if (!touch?.journey || touch.version === null || touch.step === null) return false;
  if (says === null) {
    await db.deleteFrom('step_feedback').where('touch_id', '=', touchId).where('agent', '=', agent).execute();
    return true;
  }
  const { journey, version, step } = touch;
  await db
    .insertInto('step_feedback')
    .values({ touch_id: touchId, agent, journey, version, step, says, at: new Date(now) })
    .onConflict((c) => c.columns(['touch_id', 'agent']).doUpdateSet({ says, at: new Date(now) }))
    .execute();
  return true;
}

export interface Voice {
  readonly touchId: string;
  readonly agent: string;
  readonly says: FeedbackSays;
  readonly at: number;
}

const voicesAtMost = 500;

/** What was said of a customer's touches, the newest first. */
export async function voicesOn(db: Db, customerId: string): Promise<Voice[]> {
  const rows = await db
    .selectFrom('touches')
    .innerJoin('step_feedback', 'step_feedback.touch_id', 'touches.id')
    .select(['step_feedback.touch_id', 'step_feedback.agent', 'step_feedback.says', 'step_feedback.at'])
    .where('touches.customer_id', '=', customerId)
    .orderBy('step_feedback.at', 'desc')
    .limit(voicesAtMost)
    .execute();
  return rows.map(({ touch_id, at, ...voice }) => ({ ...voice, touchId: touch_id, at: at.getTime() }));
}

export interface StepVoices {
  readonly version: number;
  readonly step: string;
  readonly says: Readonly<Record<FeedbackSays, number>>;
}

/** Of a journey, by version and step, the newest version first. */
export async function voicesByStep(db: Db, journey: string): Promise<StepVoices[]> {
  const rows = await db
    .selectFrom('step_feedback')
    .select((eb) => [
      'version',
      'step',
      ...feedbackSays.map((says) => eb.fn.countAll<string>().filterWhere('says', '=', says).as(says)),
    ])
    .where('journey', '=', journey)
    .groupBy(['version', 'step'])
    .orderBy('version', 'desc')
    .orderBy('step')
    .execute();
  return rows.map(({ version, step, ...says }) => ({
    version,
    step,
    says: {
      helped: Number(says.helped),
      'too-late': Number(says['too-late']),
      'should-not-exist': Number(says['should-not-exist']),
    },
  }));
}
