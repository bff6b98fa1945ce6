/** Addresses in the hash: whatever a path or an id holds, reading gives back what was written. */
import { describe, expect, test } from 'vitest';
import { parseRoute, type Route, routeAddress } from '../../../renderer/app/routes.ts';

const hostile = [
  '/data/batch 7',
  '/data/交付 #1/100%',
  'C:\\Users\\lin\\deliveries',
  '/a?b=c&d=e',
  '/%2F%20/..',
  '/üöä/"quotes"/\'',
];

describe('routes', () => {
  const routes: Route[] = [
    { screen: 'deliveries', asksFor: null },
    { screen: 'deliveries', asksFor: 'open' },
    { screen: 'deliveries', asksFor: 'sample' },
    { screen: 'settings' },
    { screen: 'switching', ledger: null },
    ...hostile.flatMap((name): Route[] => [
      { screen: 'delivery-intake', path: name, sensorsPath: null, resubmits: null },
      { screen: 'delivery-intake', path: name, sensorsPath: name, resubmits: name },
      { screen: 'delivery-calibration', path: name, sensorsPath: null },
      { screen: 'delivery-calibration', path: name, sensorsPath: name },
      { screen: 'switching', ledger: name },
      { screen: 'calibration', audit: name, unit: `${name}|label 3` },
      { screen: 'review', audit: name, unit: null },
      { screen: 'search', audit: name, unit: `${name}|label 3` },
    ]),
  ];

  test.each(routes)('%o comes back', (route) => {
    expect(parseRoute(routeAddress(route))).toEqual(route);
  });

  test('an empty address is the deliveries', () => {
    expect(parseRoute('')).toEqual({ screen: 'deliveries', asksFor: null });
    expect(parseRoute('#/')).toEqual({ screen: 'deliveries', asksFor: null });
  });

  test.each(['#/nowhere', '#/audit/x', '#/audit/x/judge', '#/audit/%E0%A4%A/review', '#/settings/more'])(
    '%s has no screen',
    (hash) => {
      expect(parseRoute(hash)).toBeNull();
    },
  );
});
