/** What `up` started, for `down` to stop, last first: jest loads both in one process, and its module registries may differ. */
interface Running {
  stops: (() => Promise<void>)[];
}

const holder: { righttouchServers?: Running } = globalThis;

export const running: Running = (holder.righttouchServers ??= { stops: [] });

/** The schema our tables have in the template and so in every test's own database. */
export const testSchema = 'righttouch';
