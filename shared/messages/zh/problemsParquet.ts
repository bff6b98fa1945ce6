/** Parquet 文件可能存在的问题。 */
import type en from '../en/problemsParquet.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'parquet-broken': 'Parquet 文件已损坏或与其声明不符（{{part}}），依赖它的内容无法显示。{{path}}',
  'parquet-too-large': 'Parquet 文件声明的数据量超出其字节所能容纳的范围，因此未解压。{{path}}',
  'parquet-column-missing': 'Parquet 文件没有 {{column}} 列。{{path}}',
} satisfies SameKeys<typeof en>;
