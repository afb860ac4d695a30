/** The words of a touch. */
export interface Said {
  readonly subject: string | null;
  readonly text: string;
  /** E-mail only; without it the text is shown. */
  readonly html?: string;
}
