/** Who sits here. Laptops are shared: profiles are chosen, not logged into, and the record claims no more than that. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Actor, actorSchema } from '../../shared/audit/events.ts';
import { useSettings } from '../state/context.tsx';
import styles from './ProfilePicker.module.css';

const roles = actorSchema.shape.role.options;

export function ProfilePicker() {
  const { t } = useTranslation();
  const { profiles, profile } = useSettings((state) => state.settings);
  const change = useSettings((state) => state.change);
  const [isAdding, setAdding] = useState(false);
  if (profiles.length === 0 || isAdding) {
    return (
      <NewProfile
        onCancel={profiles.length === 0 ? null : () => setAdding(false)}
        onAdd={(actor) => {
          change({ profiles: [...profiles, actor], profile: actor.profile });
          setAdding(false);
        }}
      />
    );
  }
  return (
    <div className={styles.row}>
      <NativeSelect
        className={styles.grow!}
        label={t('settings.profile')}
        value={profile ?? ''}
        onChange={(event) => change({ profile: event.currentTarget.value || null })}
        data={[
          ...(profile === null ? [{ value: '', label: t('settings.chooseProfile') }] : []),
          ...profiles.map((actor) => ({
            value: actor.profile,
            label: `${actor.name} · ${t(`audit.role.${actor.role}`)}`,
          })),
        ]}
        data-testid="profile"
      />
      <Button onClick={() => setAdding(true)}>{t('settings.newProfile')}</Button>
    </div>
  );
}

function NewProfile({ onAdd, onCancel }: { onAdd: (actor: Actor) => void; onCancel: (() => void) | null }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Actor['role']>('auditor');
  const add = (): void => {
    if (name.trim() !== '') onAdd({ profile: crypto.randomUUID(), name: name.trim(), role });
  };
  return (
    <div className={styles.row}>
      <TextInput
        className={styles.grow!}
        label={t('settings.profileName')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          add();
        }}
        data-testid="profile-name"
      />
      <NativeSelect
        label={t('settings.role')}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as Actor['role'])}
        data={roles.map((value) => ({ value, label: t(`audit.role.${value}`) }))}
      />
      <Button variant="filled" disabled={name.trim() === ''} onClick={add} data-testid="profile-add">
        {t('settings.addProfile')}
      </Button>
      {onCancel && <Button onClick={onCancel}>{t('app.cancel')}</Button>}
    </div>
  );
}
