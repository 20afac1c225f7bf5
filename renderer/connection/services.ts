import { DEFAULT_BASE_URL } from '../../shared/base-url';
import type { AuthScheme } from '../../shared/endpoint';
import type { Profile } from '../../shared/profile';

/** What choosing a service fills in. */
export interface Service {
  readonly profile: Profile;
  /** Names are written as their owners write them, in every language; empty for any other server. */
  readonly name: string;
  /** Where it is unless the user says otherwise; empty where that differs from account to account. */
  readonly baseUrl: string;
  /** What an address looks like. */
  readonly example: string;
  /** Where the owner of an account makes a key; null where there are no accounts. */
  readonly keyPage: string | null;
  readonly auth: AuthScheme;
}

type ServiceFacts = Pick<Service, 'profile' | 'name' | 'baseUrl'> & Partial<Service>;

function service(facts: ServiceFacts): Service {
  return { example: 'https://…/v1', keyPage: null, auth: 'bearer', ...facts };
}

const APIPIE = service({
  profile: 'apipie',
  name: 'APIpie',
  baseUrl: DEFAULT_BASE_URL,
  keyPage: 'https://apipie.ai/profile/api-keys',
});

/** In the order they are offered; the last is any other server. Local ones have their own ports. */
export const SERVICES: readonly Service[] = [
  APIPIE,
  service({
    profile: 'openrouter',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    keyPage: 'https://openrouter.ai/settings/keys',
  }),
  service({
    profile: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    keyPage: 'https://platform.openai.com/api-keys',
  }),
  service({
    profile: 'azure',
    name: 'Azure OpenAI',
    baseUrl: '',
    example: 'https://RESOURCE.openai.azure.com/openai/v1',
    keyPage: 'https://portal.azure.com/',
    auth: 'api-key',
  }),
  service({
    profile: 'mistral',
    name: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    keyPage: 'https://console.mistral.ai/api-keys',
  }),
  service({ profile: 'ollama', name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1' }),
  service({ profile: 'lmstudio', name: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1' }),
  service({ profile: 'llamacpp', name: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080/v1' }),
  service({ profile: 'vllm', name: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1' }),
  service({ profile: 'other', name: '', baseUrl: '' }),
];

export function serviceOf(profile: Profile): Service {
  return SERVICES.find((service) => service.profile === profile) ?? APIPIE;
}

/**
 * What a connection to this address is called until the user names it; a second one of a service is
 * told apart by its host.
 */
export function connectionName(
  { name }: Service,
  url: string,
  taken: readonly string[] = [],
): string {
  const { host } = new URL(url);
  if (name === '') return host.slice(0, 100);
  return taken.includes(name) ? `${name}, ${host}`.slice(0, 100) : name;
}
