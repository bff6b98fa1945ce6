/** What belongs to this machine and its people: language, look, profiles, key, folders, audits from elsewhere. */
import { NativeSelect } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/host/contract.ts';
import { KeyMap } from '../../app/KeySheet.tsx';
import { useSettings } from '../../state/context.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProfilePicker } from '../../ui/ProfilePicker.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { Bundles } from './Bundles.tsx';
import { Device } from './Device.tsx';
import styles from './Settings.module.css';

export default function SettingsScreen() {
  const { t } = useTranslation();
  const problem = useSettings((state) => state.problem);
  return (
    <div className={page.page}>
      <div className={page.toolbar}>
        <h1 className={page.title}>{t('app.screens.settings')}</h1>
        {problem && (
          <div role="alert">
            <p className={page.plain}>{t('settings.notSaved')}</p>
            <ProblemLine problem={problem} />
          </div>
        )}
      </div>
      <div className={styles.columns}>
        <div>
          <Look />
          <People />
          <Device />
        </div>
        <div>
          <Bundles />
          <Section title={t('settings.keys')}>
            <KeyMap />
          </Section>
        </div>
      </div>
    </div>
  );
}

function Look() {
  const { t } = useTranslation();
  const settings = useSettings((state) => state.settings);
  const change = useSettings((state) => state.change);
  return (
    <Section title={t('settings.look')}>
      <div className={page.grid}>
        <NativeSelect
          label={t('settings.language')}
          value={settings.language}
          onChange={(event) => change({ language: event.currentTarget.value as Settings['language'] })}
          data={[
            { value: 'system', label: t('settings.languageSystem') },
            { value: 'en', label: t('settings.languageEn') },
            { value: 'zh', label: t('settings.languageZh') },
          ]}
          data-testid="language"
        />
        <NativeSelect
          label={t('settings.theme')}
          value={settings.theme}
          onChange={(event) => change({ theme: event.currentTarget.value as Settings['theme'] })}
          data={[
            { value: 'system', label: t('settings.themeSystem') },
            { value: 'dark', label: t('settings.themeDark') },
            { value: 'light', label: t('settings.themeLight') },
          ]}
          data-testid="theme"
        />
      </div>
    </Section>
  );
}

function People() {
  const { t } = useTranslation();
  const { profiles, profile } = useSettings((state) => state.settings);
  const change = useSettings((state) => state.change);
  return (
    <Section title={t('settings.people')}>
      <ProfilePicker />
      <ul className={styles.people}>
        {profiles.map((actor) => (
          <li key={actor.profile} className={styles.person} data-current={actor.profile === profile}>
            <span>
              {actor.name} <span className={page.dim}>{t(`audit.role.${actor.role}`)}</span>
            </span>
            <IconButton
              label={t('settings.removeProfile', { name: actor.name })}
              onClick={() =>
                change({
                  profiles: profiles.filter((entry) => entry.profile !== actor.profile),
                  profile: profile === actor.profile ? null : profile,
                })
              }
            >
              <Trash2 size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
      <p className={page.small}>{t('settings.peopleNote')}</p>
    </Section>
  );
}
