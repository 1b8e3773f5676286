/** @file Error codes of the contract and the envelope in which they travel between processes. */

/** Codes of a request that failed. A photo that can't be read is a result, never one of these. */
export const errorCodes = [
  'INVALID_INPUT',
  'FORBIDDEN',
  'NOT_FOUND',
  'NOTHING_TO_DO',
  'FOLDER_MISSING',
  'DATABASE_LOCKED',
  'DATABASE_NEWER',
  'DATABASE_DAMAGED',
  'DATABASE_UNUSABLE',
  'BACKEND_UNAVAILABLE',
  'PHOTO_UNREADABLE',
  'CANCELLED',
  'ENGINE_NOT_STARTED',
  'ENGINE_EXITED',
  'ENGINE_GAVE_UP',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What crosses a process boundary in place of an Error. `nextStep` is a sentence for the user. */
export interface ErrorEnvelope {
  code: ErrorCode;
  message: string;
  nextStep?: string;
}

/** The one error class of the product: a code that decides, a message and a next step that are read. */
export class LookalikeError extends Error {
  override readonly name = 'LookalikeError';
  readonly code: ErrorCode;
  readonly nextStep: string | undefined;

  constructor(code: ErrorCode, message: string, options: { nextStep?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.nextStep = options.nextStep;
  }
}

/** Wraps anything thrown; what is not a LookalikeError becomes INTERNAL with its message. */
export function toEnvelope(error: unknown): ErrorEnvelope {
  if (error instanceof LookalikeError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.nextStep === undefined ? {} : { nextStep: error.nextStep }),
    };
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
}

/** The inverse of {@link toEnvelope} on the receiving side. */
export function fromEnvelope(envelope: ErrorEnvelope): LookalikeError {
  return new LookalikeError(
    envelope.code,
    envelope.message,
    envelope.nextStep === undefined ? {} : { nextStep: envelope.nextStep },
  );
}
