/** What `up` started, for `down` to stop, last first. It hangs on globalThis: jest may load the two with registries of their own. */
interface Running {
  stops: (() => Promise<void>)[];
}

declare global {
  var righttouchServers: Running | undefined;
}

export const running: Running = (globalThis.righttouchServers ??= { stops: [] });

/** The schema our tables have in the template and so in every test's own database. */
export const testSchema = 'righttouch';
