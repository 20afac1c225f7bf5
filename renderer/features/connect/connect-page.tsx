import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { orpc } from '../../rpc/client';
import { Logo } from '../../ui/logo';
import { ConnectForm } from './connect-form';
import { RenewKeyForm } from './renew-key-form';
import { SampleSlip } from './sample-slip';

/** The first page: to a provider with one's own key, or into the demo. */
export function ConnectPage({ connectionId }: { connectionId: number | null }) {
  const { data: connections } = useQuery(orpc.connections.list.queryOptions());
  if (connectionId === null) return <Halves form={<ConnectForm />} />;
  if (!connections) return null;
  const known = connections.find((connection) => connection.id === connectionId);
  return <Halves form={known ? <RenewKeyForm connection={known} /> : <ConnectForm />} />;
}

function Halves({ form }: { form: ReactNode }) {
  return (
    <div className="relative grid h-full grid-cols-2">
      <div className="window-handle absolute inset-x-0 top-0 h-8" />
      <main className="overflow-y-auto p-8">
        <div className="mx-auto flex min-h-full w-[400px] max-w-full flex-col justify-center">
          <Logo />
          {form}
        </div>
      </main>
      <SampleSlip />
    </div>
  );
}
