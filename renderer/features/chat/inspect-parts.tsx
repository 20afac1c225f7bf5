import { Check, Copy } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Inspection, RequestPreview } from '../../../shared/contract/run';
import { Button } from '../../ui/button';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Segmented } from '../../ui/segmented';
import { readableBody } from './inspect-text';
import { RawText } from './raw-text';
import { useCopy } from './use-copy';

/** The request as it leaves or left. */
export function RequestPart({ request }: { request: RequestPreview }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<'readable' | 'exact'>('readable');
  const { body, leftOut, estimatedTokens } = request;
  const text = useMemo(() => {
    const fold = (characters: number) => t('inspect.folded', { characters: count(characters) });
    return form === 'exact' ? body : readableBody(body, fold);
  }, [body, form, t]);
  return (
    <>
      <p className="inspect-line">
        <b>{request.method}</b> {request.url}
      </p>
      <p className="mt-1 text-12 text-text-2">
        {t('inspect.tokens', { tokens: count(estimatedTokens) })}
        {leftOut > 0 && ` ${t('inspect.leftOutMessages', { count: leftOut })}`}{' '}
        {t('inspect.keyLeftOut')}
      </p>
      <Headers headers={request.headers} />
      <BodyHead label={t('inspect.body')}>
        <Segmented
          label={t('inspect.form')}
          value={form}
          onChange={setForm}
          segments={[
            { value: 'readable', label: t('inspect.readable') },
            { value: 'exact', label: t('inspect.exact') },
          ]}
        />
        <CopyText text={body} label={t('inspect.copyBody')} />
        <CopyText text={request.curl} label={t('inspect.copyCurl')} />
      </BodyHead>
      <RawText key={form} text={text} label={t('inspect.body')} dense={form === 'exact'} />
    </>
  );
}

/** What came back, as it came. */
export function ResponsePart({ response }: { response: Inspection['response'] }) {
  const { t } = useTranslation();
  const body = response?.body ?? '';
  const shown = useMemo(() => new TextEncoder().encode(body).length, [body]);
  if (!response) return <p className="mt-4 text-text-2">{t('inspect.noResponse')}</p>;
  const cut = response.bytes > shown;
  return (
    <>
      <p className="inspect-line">
        <b>{response.status}</b>
      </p>
      <p className="mt-1 text-12 text-text-2">
        {t('inspect.arrived', { bytes: count(response.bytes) })}
        {cut && ` ${t('inspect.cut', { bytes: count(shown) })}`}
      </p>
      <Headers headers={response.headers} />
      <BodyHead label={t('inspect.events')}>
        <CopyText text={response.body} label={t('inspect.copyEvents')} />
      </BodyHead>
      <RawText text={response.body} label={t('inspect.events')} dense />
    </>
  );
}

function BodyHead({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="mt-4 mb-2 flex items-center gap-2">
      <h3 className="flex-1 text-12 font-medium text-text-2">{label}</h3>
      {children}
    </div>
  );
}

interface HeadersProps {
  headers: readonly { readonly name: string; readonly value: string }[];
}

function Headers({ headers }: HeadersProps) {
  const { t } = useTranslation();
  return (
    <>
      <h3 className="mt-4 mb-1 text-12 font-medium text-text-2">{t('inspect.headers')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by the arrow keys */}
      <section className="inspect-headers" aria-label={t('inspect.headers')} tabIndex={0}>
        <dl>
          {headers.map(({ name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice
            <div key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}

function CopyText({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <Button size="sm" onClick={() => copy(text)}>
      <Icon icon={copied ? Check : Copy} small />
      {copied ? t('chat.copied') : label}
    </Button>
  );
}
