import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { normaliseBaseUrl } from '../../shared/base-url';
import type { Connection, ConnectionOptions, KeyStrength } from '../../shared/contract/connection';
import { needsKey, type Profile } from '../../shared/profile';
import { client, orpc } from '../rpc/client';
import { sealedProxy, sealSecret } from '../rpc/seal';
import { type Problem, type ProblemField, problemOfInput } from './problem';
import { type Saving, useSaving } from './saving';
import { connectionName, type Service, serviceOf } from './services';

/** A form for a connection that is to be. */
export interface NewConnectionForm {
  readonly service: Service;
  readonly choose: (profile: Profile) => void;
  readonly url: string;
  readonly setUrl: (url: string) => void;
  readonly key: string;
  readonly setKey: (key: string) => void;
  readonly strength: KeyStrength | undefined;
  readonly allowWeak: boolean;
  readonly setAllowWeak: (allow: boolean) => void;
  readonly needsKey: boolean;
  readonly saving: Saving;
  /** The host in the address, or what is typed where that is none. */
  readonly host: string;
  /** The problem to be shown under one of these fields. */
  readonly problemAt: (...fields: ProblemField[]) => Problem | null;
  /**
   * Checks and makes the connection; `then` goes on with it before the form counts as saved. False when
   * something is wrong, which is then in `saving.problem`.
   */
  readonly submit: (
    options: Partial<ConnectionOptions>,
    then: (made: Connection) => Promise<unknown>,
    name?: string,
  ) => Promise<boolean>;
}

/** What the first page and the settings both ask for when a connection is made. */
export function useNewConnection(): NewConnectionForm {
  const [profile, setProfile] = useState<Profile>('apipie');
  const service = serviceOf(profile);
  const [url, setUrl] = useState(service.baseUrl);
  const [key, setKey] = useState('');
  const [allowWeak, setAllowWeak] = useState(false);
  const saving = useSaving();
  const { data: strength } = useQuery(orpc.connections.keyStrength.queryOptions());
  const { data: connections = [] } = useQuery(orpc.connections.list.queryOptions());
  const address = normaliseBaseUrl(url);
  const { problem, setProblem } = saving;
  const keyNeeded = needsKey(profile);

  const clear = (field: ProblemField) => {
    if (problem?.field === field) setProblem(null);
  };

  return {
    service,
    url,
    key,
    strength,
    allowWeak,
    setAllowWeak,
    needsKey: keyNeeded,
    saving,
    host: address.ok ? new URL(address.url).host : url,
    choose: (next) => {
      setProfile(next);
      setUrl(serviceOf(next).baseUrl);
      setProblem(null);
    },
    setUrl: (next) => {
      setUrl(next);
      clear('url');
    },
    setKey: (next) => {
      setKey(next);
      clear('key');
    },
    problemAt: (...fields) => (problem && fields.includes(problem.field) ? problem : null),
    submit: async (options, then, name = '') => {
      if (saving.busy) return false;
      const wrong = problemOfInput(url, key, keyNeeded);
      setProblem(wrong);
      if (wrong !== null || !address.ok) return false;
      const taken = connections.map((connection) => connection.name);
      return saving.run(async (signal) => {
        const made = await client.connections.create(
          {
            name: name.trim() === '' ? connectionName(service, address.url, taken) : name.trim(),
            profile,
            baseUrl: address.url,
            key: await sealSecret(key.trim()),
            allowWeak,
            ...(await sealedOptions({ auth: service.auth, ...options })),
          },
          { signal },
        );
        await then(made);
      });
    },
  };
}

async function sealedOptions(options: Partial<ConnectionOptions>) {
  if (options.proxy === undefined) return { options };
  const { proxy, ...sealed } = await sealedProxy(options.proxy);
  return { options: { ...options, proxy }, ...sealed };
}
