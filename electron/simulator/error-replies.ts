import type { FixedReply } from './behaviour';

const JSON_TYPE = 'application/json; charset=utf-8';

/** A JSON reply. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): FixedReply {
  return { status, headers, contentType: JSON_TYPE, body: JSON.stringify(body) };
}

/** The error shape of the guide's API and of OpenAI: message, type, param, code. */
export function apiError(
  status: number,
  message: string,
  code: string | null,
  more: { type?: string; param?: string | null; headers?: Readonly<Record<string, string>> } = {},
): FixedReply {
  const { type = 'invalid_request_error', param = null, headers } = more;
  return json(status, { error: { message, type, param, code } }, headers);
}

/** The error shape of OpenRouter: a numeric code equal to the status. */
export function routerError(status: number, message: string, metadata?: object): FixedReply {
  return json(status, { error: { code: status, message, ...(metadata && { metadata }) } });
}

/** The error shape of FastAPI, which Mistral and older vLLM answer with. */
export function validationError(field: string, input: unknown): FixedReply {
  return json(422, {
    detail: [
      {
        type: 'extra_forbidden',
        loc: ['body', field],
        msg: 'Extra inputs are not permitted',
        input,
      },
    ],
  });
}

const RATE_LIMIT_MESSAGE = 'Rate limit reached for requests. Please try again later.';

/** 429 with a Retry-After header: seconds, or an HTTP date. */
export function rateLimit(retryAfter: string): FixedReply {
  return apiError(429, RATE_LIMIT_MESSAGE, 'rate_limit_exceeded', {
    type: 'requests',
    headers: { 'retry-after': retryAfter },
  });
}

/** 429 that waiting does not cure: the account is used up. */
export const quotaError = apiError(
  429,
  'You exceeded your current quota, please check your plan and billing details.',
  'insufficient_quota',
  { type: 'insufficient_quota' },
);

/** 402 as APIpie sends it when the credit is zero: flat, without `error`. */
const accountError = json(402, {
  code: 'ACCOUNT_ERROR',
  message: 'Your account appears to be out of credit',
});

/** The replies of `sim-status-NNN`, each in the shape documented for a server that sends it. */
export const statusReplies = {
  400: apiError(400, 'The request body is not valid.', 'invalid_request_error'),
  401: apiError(401, 'Incorrect API key provided', 'invalid_api_key'),
  402: accountError,
  403: routerError(403, 'Key limit exceeded. Manage it in your account settings.'),
  404: apiError(
    404,
    'The model does not exist or you do not have access to it.',
    'model_not_found',
    {
      param: 'model',
    },
  ),
  408: routerError(408, 'Request timed out before the model began to answer.'),
  422: validationError('messages', null),
  429: rateLimit('1'),
  500: apiError(500, 'The server had an error while processing your request.', 'server_error', {
    type: 'server_error',
  }),
  502: routerError(502, 'Provider returned error', { provider_name: 'Simulator', raw: 'upstream' }),
  503: routerError(503, 'No provider is available that meets the routing requirements.'),
  504: {
    status: 504,
    contentType: 'text/html',
    body: '<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out</h1></center><hr><center>nginx</center></body></html>',
  },
} as const satisfies Record<number, FixedReply>;
