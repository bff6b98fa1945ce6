/** What can be wrong with pickled tables, and with a PandaSet sequence made of them. */
export default {
  'gzip-broken': 'The file does not unpack: it is cut off or damaged. {{path}}',
  'gzip-too-large': 'The file unpacks to more than {{bytes}} bytes and was refused. {{path}}',
  'pickle-broken': 'The pickled table is damaged: reading stopped at {{place}}. {{path}}',
  'pickle-too-large':
    'The pickled table asks for more steps than any table needs, and was refused at {{place}}. {{path}}',
  'pickle-global-refused':
    'The file asks for "{{name}}", which no table of data needs, and was refused. Nothing in it was run. {{path}}',
  'pickle-layout-unknown': 'The file holds no table in a layout known here ({{part}}). {{path}}',
} as const;
