/** What can be wrong with a Parquet file. */
export default {
  'parquet-broken':
    'The Parquet file is damaged or not what it states ({{part}}); what needs it cannot be shown. {{path}}',
  'parquet-too-large': 'The Parquet file claims more than its bytes can hold, and was not unpacked. {{path}}',
  'parquet-column-missing': 'The Parquet file has no column {{column}}. {{path}}',
} as const;
