import { useQuery } from '@tanstack/react-query';
import { Download, ListFilter, PanelLeftClose, Tag, Upload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../rpc/client';
import { runCommand } from '../../state/commands';
import { askImport } from '../../state/import-request';
import { useKeysOf } from '../../state/shortcuts';
import { askTranscript } from '../../state/transcript-request';
import { IconButton } from '../../ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { MenuChoice } from '../../ui/menu-choice';
import { Submenu } from '../../ui/submenu';
import { changeView, ORDERS, PLACES, useListView } from './list-view';

/** No tag can be called so: a tag is one word. */
const ANY_TAG = 'any tag';

/** The most tags that a menu lists; all of them are suggested in the search. */
const MOST_TAGS = 12;

/** Which conversations are listed, and in which order. */
export function ListMenu() {
  const { t } = useTranslation();
  const { place, tag, order } = useListView();
  const { data: tags = [] } = useQuery(orpc.conversations.tags.queryOptions());
  const foldKeys = useKeysOf('toggleSidebar');
  const named = tags.slice(0, MOST_TAGS).map(({ name }) => name);
  const shown = tag === null || named.includes(tag) ? named : [tag, ...named];
  return (
    <Menu trigger={<IconButton label={t('sidebar.listMenu')} icon={ListFilter} />}>
      <MenuChoice
        label={t('sidebar.place')}
        value={place}
        options={PLACES.map((value) => ({ value, label: t(`sidebar.places.${value}`) }))}
        onChange={(value) => changeView({ place: value })}
      />
      <MenuSeparator />
      <MenuChoice
        label={t('sidebar.order')}
        value={order}
        options={ORDERS.map((value) => ({ value, label: t(`sidebar.orders.${value}`) }))}
        onChange={(value) => changeView({ order: value })}
      />
      <MenuSeparator />
      <Submenu label={t('sidebar.tag')} icon={Tag} disabled={shown.length === 0}>
        <MenuChoice
          label={t('sidebar.tag')}
          value={tag ?? ANY_TAG}
          options={[
            { value: ANY_TAG, label: t('sidebar.anyTag') },
            ...shown.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(value) => changeView({ tag: value === ANY_TAG ? null : value })}
        />
      </Submenu>
      <MenuSeparator />
      <MenuItem icon={Download} onSelect={() => askTranscript({ ids: null, title: null })}>
        {t('sidebar.exportAll')}
      </MenuItem>
      <MenuItem icon={Upload} onSelect={askImport}>
        {t('sidebar.import')}
      </MenuItem>
      <MenuItem
        icon={PanelLeftClose}
        {...(foldKeys === undefined ? {} : { shortcut: foldKeys })}
        onSelect={() => runCommand('toggleSidebar')}
      >
        {t('sidebar.hide')}
      </MenuItem>
    </Menu>
  );
}
