import { DEFAULT_BASE_URL } from '../../../shared/base-url';
import type { Profile } from '../../../shared/contract/connection';

/** What choosing a service on the first page fills in. */
export interface Service {
  readonly profile: Profile;
  /** Names are written as their owners write them, in every language. */
  readonly name: string;
  readonly baseUrl: string;
  /** Where the owner of an account makes a key. */
  readonly keyPage: string | null;
}

const APIPIE: Service = {
  profile: 'apipie',
  name: 'APIpie',
  baseUrl: DEFAULT_BASE_URL,
  keyPage: 'https://apipie.ai/profile/api-keys',
};

const OTHERS: readonly Service[] = [
  {
    profile: 'openrouter',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    keyPage: 'https://openrouter.ai/settings/keys',
  },
  {
    profile: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    keyPage: 'https://platform.openai.com/api-keys',
  },
  {
    profile: 'ollama',
    name: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    keyPage: null,
  },
  { profile: 'other', name: '', baseUrl: '', keyPage: null },
];

/** In the order of the segments; the last is any other server. */
export const SERVICES: readonly Service[] = [APIPIE, ...OTHERS];

export function serviceOf(profile: Profile): Service {
  return SERVICES.find((service) => service.profile === profile) ?? APIPIE;
}

/** What a connection to this address is called until the user names it. */
export function connectionName(service: Service, url: string): string {
  return service.name === '' ? new URL(url).host.slice(0, 100) : service.name;
}
