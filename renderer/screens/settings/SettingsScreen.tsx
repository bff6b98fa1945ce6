/** What belongs to this machine and its people: look, keys, profiles, device, audits from elsewhere. */
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../../state/context.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProfilePicker } from '../../ui/ProfilePicker.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { Bundles } from './Bundles.tsx';
import { Device } from './Device.tsx';
import { KeySettings } from './KeySettings.tsx';
import { Look } from './Look.tsx';
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
          <Bundles />
        </div>
        <KeySettings />
      </div>
    </div>
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
