import './inspect.css';
import { skipToken, useQuery } from '@tanstack/react-query';
import { type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageDraft, Target } from '../../../shared/contract/run';
import type { RunId } from '../../../shared/ids';
import { orpc } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Segmented } from '../../ui/segmented';
import { failureTitle } from './failure-text';
import { RequestPart, ResponsePart } from './inspect-parts';

interface Opened {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What gets the focus back when it closes. */
  returnTo?: RefObject<HTMLElement | null>;
}

/** Asked for each time it is opened, and forgotten again: both can be large. */
const FRESH = { gcTime: 0, staleTime: 0 };

/** What a request sent and what came back. */
export function InspectRun({ runId, ...opened }: Opened & { runId: RunId }) {
  const { t } = useTranslation();
  const [part, setPart] = useState<'request' | 'response'>('request');
  const input = opened.open ? { runId } : skipToken;
  const { data, error } = useQuery(orpc.runs.inspect.queryOptions({ input, ...FRESH }));
  return (
    <InspectDialog
      {...opened}
      aside={
        data && (
          <Segmented
            label={t('inspect.part')}
            value={part}
            onChange={setPart}
            segments={[
              { value: 'request', label: t('inspect.request') },
              { value: 'response', label: t('inspect.response') },
            ]}
          />
        )
      }
    >
      {error && <Problem error={error} />}
      {data === null && <p className="mt-4 text-text-2">{t('inspect.forgotten')}</p>}
      {data && part === 'request' && <RequestPart request={data.request} />}
      {data && part === 'response' && <ResponsePart response={data.response} />}
    </InspectDialog>
  );
}

/** A message that is being written, and whom it would go to. */
export interface Previewed {
  readonly message: MessageDraft;
  /** At least one. */
  readonly targets: readonly Target[];
}

/** What would be sent now, to each of those it goes to. Nothing leaves. */
export function InspectPreview({ message, targets, ...opened }: Opened & Previewed) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const target = targets.find(({ model }) => model === chosen) ?? targets[0];
  const input = opened.open && target ? { ...message, target } : skipToken;
  const { data, error } = useQuery(orpc.runs.preview.queryOptions({ input, ...FRESH }));
  return (
    <InspectDialog {...opened} description={t('inspect.previewNote')}>
      {targets.length > 1 && (
        <div className="mt-4 flex-none overflow-x-auto">
          <Segmented
            label={t('inspect.target')}
            value={target?.model ?? null}
            onChange={setChosen}
            segments={targets.map(({ model }) => ({ value: model, label: model }))}
          />
        </div>
      )}
      {error && <Problem error={error} name={target?.model ?? ''} />}
      {data && <RequestPart request={data} />}
    </InspectDialog>
  );
}

interface InspectDialogProps extends Opened {
  description?: string;
  aside?: ReactNode;
  children: ReactNode;
}

function InspectDialog({ children, onOpenChange, ...rest }: InspectDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      {...rest}
      onOpenChange={onOpenChange}
      title={t('inspect.title')}
      size="wide"
      actions={
        <Button variant="ink" onClick={() => onOpenChange(false)}>
          {t('inspect.close')}
        </Button>
      }
    >
      <div className="flex min-h-0 flex-1 flex-col">{children}</div>
    </Dialog>
  );
}

function Problem({ error, name = '' }: { error: Error; name?: string }) {
  const { t } = useTranslation();
  const title = failureTitle(failureOf(error), { name, model: name }, t);
  return (
    <p role="alert" className="mt-4 text-danger">
      {title}
    </p>
  );
}
