import { useMutation } from '@tanstack/react-query';
import { KeyRound, Plug, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import type { ConversationId, PresetId } from '../../../shared/ids';
import { BudgetNotice } from '../../budget/budget-notice';
import { orpc } from '../../rpc/client';
import { wantsKey } from '../../state/key-need';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { moment } from '../../ui/format';

export interface ChatBannerProps {
  connection: Connection | null;
  conversationId: ConversationId | null;
  presetId: PresetId | null;
}

/** One line under the header: why nothing can be sent and what helps, or else that a budget is near its end. */
export function ChatBanner({ connection, conversationId, presetId }: ChatBannerProps) {
  const { t } = useTranslation();
  if (!connection) {
    return (
      <Banner
        icon={Plug}
        title={t('chat.noConnectionTitle')}
        action={<LinkButton href="#/connect" text={t('chat.connect')} />}
      >
        {t('chat.noConnectionText')}
      </Banner>
    );
  }
  const { keyState, otherKeys, reachability, name, id } = connection;
  const missing = keyState === 'missing';
  const hasOthers = missing && otherKeys.length > 0;
  if (wantsKey(connection) || hasOthers) {
    return (
      <Banner
        icon={KeyRound}
        title={t(missing ? 'chat.noKeyTitle' : 'chat.keyUnreadableTitle', { name })}
        action={<LinkButton href={`#/connect?connection=${id}`} text={t('chat.enterKey')} />}
      >
        {hasOthers
          ? t('chat.otherKeyText', {
              servers: otherKeys.join(', '),
              host: new URL(connection.baseUrl).host,
            })
          : t(missing ? 'chat.noKeyText' : 'chat.keyUnreadableText')}
      </Banner>
    );
  }
  if (reachability.state !== 'offline') {
    if (connection.isDemo) return null;
    return <BudgetNotice connectionId={id} conversationId={conversationId} presetId={presetId} />;
  }
  return (
    <Banner
      icon={WifiOff}
      title={t('chat.offlineTitle', { time: moment(reachability.since, Date.now()) })}
      action={<CheckButton id={id} />}
    >
      {t('chat.offlineText')}
    </Banner>
  );
}

function LinkButton({ href, text }: { href: string; text: string }) {
  return (
    <Button size="sm" asChild>
      <a href={href}>{text}</a>
    </Button>
  );
}

function CheckButton({ id }: { id: Connection['id'] }) {
  const { t } = useTranslation();
  const check = useMutation(orpc.connections.check.mutationOptions());
  return (
    <Button size="sm" disabled={check.isPending} onClick={() => check.mutate({ id })}>
      {t('chat.tryAgain')}
    </Button>
  );
}
