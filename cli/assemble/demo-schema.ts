/** Where the demo's story lives, apart from everything else: the one schema whose clock may run faster. */
export const demoSchema = 'righttouch_demo';
