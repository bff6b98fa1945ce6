/** The report's style sheet: quiet on the screen, A4 on paper, no colour without a shape or a word beside it. */
export const reportStyle = `
:root { --text: #1c2128; --dim: #59636e; --line: #d5dae0; --faint: #f5f6f8; --accept: #0b6652; --reject: #b3124a;
  --hold: #564f73; --concession: #8a5a00; }
* { box-sizing: border-box; }
html { background: #fff; color: var(--text); font: 14px/1.45 system-ui, 'Segoe UI', 'Noto Sans SC',
  'Microsoft YaHei', 'PingFang SC', sans-serif; font-variant-numeric: tabular-nums; -webkit-print-color-adjust: exact;
  print-color-adjust: exact; }
body { max-width: 980px; margin: 0 auto; padding: 32px 32px 64px; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 24px;
  padding-bottom: 12px; border-bottom: 2px solid var(--text); }
header .mark { font-weight: 700; letter-spacing: .01em; }
header .mark svg { vertical-align: -2px; margin-right: 8px; }
header .printed, .dim { color: var(--dim); }
h1 { font-size: 26px; line-height: 1.2; margin: 24px 0 4px; font-weight: 650; }
h2 { font-size: 17px; line-height: 1.3; margin: 0 0 12px; font-weight: 650; break-after: avoid; }
h3 { font-size: 14px; margin: 20px 0 8px; font-weight: 650; break-after: avoid; }
p { margin: 0 0 8px; max-width: 84ch; }
section { margin-top: 32px; padding-top: 16px; border-top: 1px solid var(--line); }
.verdict { display: grid; grid-template-columns: 56px 1fr; gap: 4px 20px; margin-top: 24px; padding: 20px 24px;
  border: 1px solid var(--line); border-left: 6px solid var(--tone); break-inside: avoid; }
.verdict svg.sign { grid-row: span 2; color: var(--tone); }
.verdict .said { font-size: 24px; line-height: 1.2; font-weight: 650; color: var(--tone); }
ul { margin: 4px 0 12px; padding-left: 18px; }
.verdict ul { margin: 4px 0 8px; padding: 0; list-style: none; }
.verdict li { padding: 1px 0; }
.tone-accept { --tone: var(--accept); } .tone-not-accept { --tone: var(--reject); }
.tone-concession { --tone: var(--concession); } .tone-hold, .tone-none { --tone: var(--hold); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(290px, 1fr)); gap: 6px 32px; margin: 0; }
.facts > div { display: grid; grid-template-columns: minmax(84px, 38%) 1fr; gap: 12px; break-inside: avoid; }
.facts > div:has(.hash) { grid-column: 1 / -1; grid-template-columns: minmax(84px, 190px) 1fr; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
.hash { font: 12px/1.5 ui-monospace, 'Cascadia Mono', Consolas, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 4px 0 12px; }
th { text-align: left; font-weight: 500; color: var(--dim); border-bottom: 1px solid var(--text); padding: 4px 12px 4px 0;
  vertical-align: bottom; }
td { border-bottom: 1px solid var(--line); padding: 5px 12px 5px 0; vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
th.number, td.number { text-align: right; padding-right: 20px; white-space: nowrap; }
.state { white-space: nowrap; font-weight: 600; }
.state svg { vertical-align: -2px; margin-right: 6px; }
.state-met { color: var(--accept); } .state-not-met { color: var(--reject); } .state-undecidable { color: var(--hold); }
td .severity { white-space: nowrap; }
.commands { margin: 4px 0 12px; padding: 8px 12px; background: var(--faint); white-space: pre-wrap; overflow-wrap: anywhere;
  font: 11px/1.5 ui-monospace, 'Cascadia Mono', Consolas, monospace; }
.note { color: var(--dim); font-size: 13px; margin-top: 6px; }
.warning { border-left: 3px solid var(--reject); padding-left: 12px; }
.curves { display: flex; flex-wrap: wrap; gap: 20px 28px; }
figure { margin: 0; break-inside: avoid; } figcaption { max-width: 430px; font-size: 13px; margin-top: 2px; }
svg { max-width: 100%; height: auto; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 40px; }
.finding { display: grid; grid-template-columns: 1fr; gap: 12px 20px; padding: 12px 0; border-bottom: 1px solid var(--line);
  break-inside: avoid; }
.finding.pictured { grid-template-columns: 300px 1fr; }
.finding img { width: 100%; display: block; border: 1px solid var(--line); }
.finding .head { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; margin-bottom: 8px; }
.finding .id { font-weight: 700; } .finding .what { font-weight: 600; }
.finding .code { font: 600 12px/1.4 ui-monospace, 'Cascadia Mono', Consolas, monospace; border: 1px solid var(--line);
  padding: 0 6px; }
.severity::before { content: ''; display: inline-block; width: 9px; height: 9px; margin-right: 6px; background: currentColor; }
.severity-critical { color: #8c0f3c; } .severity-critical::before { transform: rotate(45deg); }
.severity-major { color: #9a4a0c; } .severity-minor { color: #3d6189; } .severity-minor::before { border-radius: 50%; }
.finding .facts { grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 2px 24px; font-size: 13px; }
.finding .facts > div { grid-template-columns: 82px 1fr; }
footer { margin-top: 40px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--dim); font-size: 12px; }
@media (max-width: 720px) { body { padding: 16px; } .columns, .finding.pictured { grid-template-columns: 1fr; } }
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 9pt system-ui, sans-serif;
  color: #59636e; } }
@media print { html { font-size: 9.5pt; } body { max-width: none; padding: 0; } section { margin-top: 22px; }
  .finding.pictured { grid-template-columns: 62mm 1fr; } }
.pictured td svg { display: block; width: 72px; height: auto; }
`;
