import type { TelemetryProblem } from '../../shared/contract/telemetry';
import { failureOfTransport } from '../provider/failure';

type Reason = TelemetryProblem['reason'];

/** Something that kept a collector from taking a signal. */
export class NotTaken extends Error {
  readonly problem: TelemetryProblem;
  /** How long it asked to wait, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(problem: TelemetryProblem, retryAfterMs: number | null, cause: unknown) {
    super(problem.reason, { cause });
    this.name = 'NotTaken';
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What a refusal means, by its HTTP status. */
export function reasonOfStatus(status: number): Reason {
  switch (status) {
    case 401:
    case 403:
    case 407:
      return 'denied';
    case 404:
    case 405:
      return 'not_found';
    case 408:
      return 'timeout';
    case 429:
    case 502:
    case 503:
    case 504:
      return 'busy';
    default:
      return 'rejected';
  }
}

/** Whether the same would be refused again however often it is sent, and not only until something is set right. */
export function isFinal({ reason, status }: TelemetryProblem): boolean {
  return reason === 'rejected' && status !== null && status >= 400 && status < 500;
}

/** What kept a request from being answered at all. */
export function reasonOfError(error: unknown): Reason {
  // The exporters tell an overdue answer in words only.
  if (error instanceof Error && /timed out/i.test(error.message)) return 'timeout';
  const { code, reason = '' } = failureOfTransport(error);
  if (code === 'timeout') return 'timeout';
  if (reason === 'dns') return 'dns';
  if (reason.startsWith('tls')) return 'tls';
  if (reason.startsWith('proxy')) return 'proxy';
  return 'unreachable';
}
