import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { SETTINGS_SECTIONS, type SettingsSection } from '../../../shared/settings-sections';
import { cx } from '../../ui/class-names';
import { PageHeader } from '../../ui/page-header';
import { AboutSection } from './about-section';
import { AppearanceSection } from './appearance-section';
import { BackupsSection } from './backups-section';
import { ConnectionsSection } from './connections-section';
import { HealthSection } from './health-section';
import { TeamSection } from './team-section';
import { WritingSection } from './writing-section';

type Body = (props: { item: string | null }) => ReactNode;

export interface SettingsPageProps {
  section: string | null;
  /** What of the section stands open. */
  item: string | null;
  /** The sections that belong to other features. */
  budgets: Body;
  shortcuts: Body;
}

/** Settings, one section at a time. */
export function SettingsPage({ section, item, budgets, shortcuts }: SettingsPageProps) {
  const { t } = useTranslation();
  const shown = SETTINGS_SECTIONS.find((name) => name === section) ?? 'connections';
  const bodies: Readonly<Record<SettingsSection, Body>> = {
    connections: ConnectionsSection,
    budgets,
    team: TeamSection,
    backups: BackupsSection,
    writing: WritingSection,
    appearance: AppearanceSection,
    shortcuts,
    health: HealthSection,
    about: AboutSection,
  };
  const Shown = bodies[shown];
  return (
    <>
      <PageHeader title={t('settings.title')} />
      <div className="grid min-h-0 flex-1 grid-cols-[184px_minmax(0,1fr)]">
        <nav aria-label={t('settings.title')} className="border-r border-line px-2 py-3">
          {SETTINGS_SECTIONS.map((name) => (
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
            <Shown item={item} />
          </div>
        </div>
      </div>
    </>
  );
}
