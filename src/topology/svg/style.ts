/** Colours and faces of the picture by day. */
export const topologyLight = `
.topology { color-scheme: light dark; background: #ffffff; font: 12px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; }
.topology text { fill: #1f2430; }
.topology .fact { fill: #566074; }
.topology .box { fill: #f6f7f9; stroke: #9aa4b5; stroke-width: 1; }
.topology .added .box { stroke-dasharray: 4 3; }
.topology .inside { fill: none; stroke: #9aa4b5; stroke-width: 1.25; }
.topology .link { fill: none; stroke: #7a5cc4; stroke-width: 1.25; stroke-dasharray: 5 3; }
.topology .guest .box { fill: #1f2430; stroke: #1f2430; }
.topology .guest text { fill: #ffffff; }
.topology .guest .fact { fill: #cfd6e2; }
.topology .processor .box, .topology .memory .box { fill: #fdf3dc; stroke: #c59a3d; }
.topology .bus .box { fill: #e7effb; stroke: #5f8fd3; }
.topology .device .box { fill: #ffffff; }
.topology .image .box { fill: #e8f5ea; stroke: #5aa469; }
.topology .network .box { fill: #e3f4f6; stroke: #3d97a5; }
.topology .host .box { fill: #f3ecfb; stroke: #8a63c9; }
.topology .token .box { fill: #fde8ec; stroke: #c8506b; }
`

/** What is other by night. */
export const topologyDark = `
.topology { background: #14171f; }
.topology text { fill: #e6e9f0; }
.topology .fact { fill: #a6b0c3; }
.topology .box { fill: #1c212c; stroke: #566074; }
.topology .inside { stroke: #566074; }
.topology .link { stroke: #a58be0; }
.topology .guest .box { fill: #e6e9f0; stroke: #e6e9f0; }
.topology .guest text { fill: #14171f; }
.topology .guest .fact { fill: #3d4658; }
.topology .processor .box, .topology .memory .box { fill: #2e2716; stroke: #a98334; }
.topology .bus .box { fill: #17253c; stroke: #4a77b8; }
.topology .device .box { fill: #1c212c; }
.topology .image .box { fill: #16291b; stroke: #468553; }
.topology .network .box { fill: #12292d; stroke: #357f8b; }
.topology .host .box { fill: #251b38; stroke: #7955b3; }
.topology .token .box { fill: #36181f; stroke: #a8455c; }
`

/** The style of a picture that stands by itself: day or night as the reader's system is. */
export const topologyStyle = `${topologyLight}@media (prefers-color-scheme: dark) {${topologyDark}}
`
