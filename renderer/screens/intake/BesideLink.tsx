/** The way from the intake of a delivery to a screen that looks at it, with that screen's key. */
import { Button } from '@mantine/core';
import type { OpenedDelivery } from '../../../shared/host/contract.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { type BesideScreen, routeAddress } from '../../app/routes.ts';

export interface BesideLinkProps {
  readonly screen: BesideScreen;
  readonly opened: Pick<OpenedDelivery, 'path' | 'sensorsPath'>;
  readonly title: string;
}

export function BesideLink({ screen, opened: { path, sensorsPath }, title }: BesideLinkProps) {
  return (
    <Button
      component="a"
      href={routeAddress({ screen: `delivery-${screen}`, path, sensorsPath })}
      rightSection={<CommandKey id={`app.${screen}`} />}
      data-testid={`to-${screen}`}
    >
      {title}
    </Button>
  );
}
