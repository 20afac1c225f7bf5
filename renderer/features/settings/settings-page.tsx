import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { cx } from '../../ui/class-names';
import { PageHeader } from '../../ui/page-header';
import { AboutSection } from './about-section';
import { AppearanceSection } from './appearance-section';
import { ConnectionsSection } from './connections-section';

const SECTIONS = ['connections', 'appearance', 'about'] as const;
type Section = (typeof SECTIONS)[number];

const BODIES: Readonly<Record<Section, (props: { item: string | null }) => ReactNode>> = {
  connections: ConnectionsSection,
  appearance: AppearanceSection,
  about: AboutSection,
};

/** Settings, one section at a time; `item` is what of it stands open. */
export function SettingsPage({ section, item }: { section: string | null; item: string | null }) {
  const { t } = useTranslation();
  const shown = SECTIONS.find((name) => name === section) ?? 'connections';
  const Body = BODIES[shown];
  return (
    <>
      <PageHeader title={t('settings.title')} />
      <div className="grid min-h-0 flex-1 grid-cols-[184px_minmax(0,1fr)]">
        <nav aria-label={t('settings.title')} className="border-r border-line px-2 py-3">
          {SECTIONS.map((name) => (
            <Link
              key={name}
              href={`/settings/${name}`}
              aria-current={name === shown ? 'page' : undefined}
              className={cx(
                'flex h-7 items-center rounded-2 px-4',
                name === shown
                  ? 'bg-surface-active font-medium'
                  : 'text-text-2 hover:bg-surface-hover',
              )}
            >
              {t(`settings.${name}`)}
            </Link>
          ))}
        </nav>
        <div className="overflow-y-auto py-5 pr-3 pl-6 [scrollbar-gutter:stable]">
          <div className="max-w-[800px]">
            <Body item={item} />
          </div>
        </div>
      </div>
    </>
  );
}
