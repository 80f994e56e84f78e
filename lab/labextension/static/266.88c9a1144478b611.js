"use strict";(self.rspackChunktwilio_magic=self.rspackChunktwilio_magic||[]).push([[266],{646(t,e,o){var n=o(601),r=o.n(n),a=o(314),i=(o.n(a))()(r());i.push([t.id,`.tm-magic-percent {
  color: var(--jp-mirror-editor-meta-color);
  font-weight: normal;
}

.tm-magic-option {
  color: var(--jp-mirror-editor-attribute-color);
  font-weight: normal;
}

.tm-magic-text {
  color: var(--jp-mirror-editor-string-color);
  font-weight: normal;
}

.tm-magic-name {
  color: var(--jp-mirror-editor-variable-2-color);
  font-weight: normal;
}

.tm-magic-number {
  color: var(--jp-mirror-editor-number-color);
  font-weight: normal;
}

.tm-magic-plain {
  color: var(--jp-content-font-color1);
  font-weight: normal;
}

.tm-panel .jp-SidePanel-header {
  align-items: center;
}

.tm-panel .jp-SidePanel-header h2 {
  flex: 1 1 auto;
  margin: 0;
  padding: 2px 8px;
  overflow: hidden;
  font-size: inherit;
  font-weight: inherit;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.tm-panel .jp-SidePanel-content {
  min-height: 0;
}

.tm-panel-contents {
  box-sizing: border-box;
  height: 100%;
  overflow: auto;
  container-type: inline-size;
  line-height: 1.4;
}

.tm-panel-contents :is(h3, p, ul) {
  margin: 0;
  padding: 0;
  font-size: inherit;
}

.tm-panel-contents button {
  font: inherit;
  letter-spacing: inherit;
  color: inherit;
}

.tm-panel-contents button:focus-visible {
  outline: var(--jp-border-width) solid var(--jp-brand-color1);
  outline-offset: calc(-1 * var(--jp-border-width));
}

.tm-panel-faint,
.tm-panel-note {
  color: var(--jp-ui-font-color2);
}

.tm-panel-contents .tm-panel-note {
  padding: 6px 12px 8px;
}

.tm-panel-head {
  padding: 8px 12px;
}

.tm-panel-clock {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0 8px;
}

.tm-panel-clock time {
  font-size: var(--jp-ui-font-size3);
  font-variant-numeric: tabular-nums;
}

.tm-panel-live {
  color: var(--jp-error-color1);
  font-weight: 600;
}

.tm-panel-busy:not(:empty) {
  margin-top: 6px;
  padding: 4px 8px;
  border-left: 3px solid var(--jp-warn-color1);
  background: var(--jp-layout-color2);
}

.tm-panel-contents .tm-panel-title {
  display: flex;
  align-items: center;
  width: 100%;
  height: 26px;
  padding: 0 8px 0 4px;
  border: 0;
  border-bottom: var(--jp-border-width) solid var(--jp-toolbar-border-color);
  background: var(--jp-layout-color1);
  box-shadow: var(--jp-toolbar-box-shadow);
  color: var(--jp-ui-font-color1);
  font-size: var(--jp-ui-font-size0);
  font-weight: 600;
  letter-spacing: 1px;
  text-transform: uppercase;
  cursor: pointer;
}

.tm-panel-contents .tm-panel-title:hover,
.tm-panel-call:hover,
.tm-panel-row:hover {
  background: var(--jp-layout-color2);
}

.tm-panel-caret {
  display: flex;
  flex: none;
}

[aria-expanded='false'] > .tm-panel-caret {
  transform: rotate(-90deg);
}

.tm-panel-count {
  margin-left: auto;
  color: var(--jp-ui-font-color2);
  font-weight: 400;
  letter-spacing: 0;
  text-transform: none;
}

.tm-panel-list {
  list-style: none;
}

.tm-panel-row {
  display: flex;
  align-items: center;
  gap: 8px;
  padding: 4px 12px;
}

.tm-panel-row-text {
  flex: 1 1 auto;
  min-width: 0;
}

.tm-panel-row-text > div {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.tm-panel-contents .tm-panel-call {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr) auto;
  align-items: center;
  gap: 0 4px;
  width: 100%;
  padding: 4px 12px 4px 4px;
  border: 0;
  background: none;
  text-align: left;
  cursor: pointer;
}

.tm-panel-who {
  grid-column: 2 / 4;
  overflow-wrap: anywhere;
}

.tm-panel-call > .tm-panel-faint {
  grid-column: 2;
  font-variant-numeric: tabular-nums;
}

.tm-panel-status {
  color: var(--jp-ui-font-color2);
}

.tm-panel-status.tm-mod-bad {
  color: color-mix(in srgb, var(--jp-error-color1) 75%, var(--jp-ui-font-color1));
}

.tm-panel-status.tm-mod-live {
  color: color-mix(in srgb, var(--jp-success-color1) 55%, var(--jp-ui-font-color1));
  font-weight: 600;
}

.tm-panel-contents .tm-panel-action {
  flex: none;
  padding: 2px 8px;
  border: var(--jp-border-width) solid var(--jp-border-color1);
  border-radius: var(--jp-border-radius);
  background: var(--jp-layout-color1);
  cursor: pointer;
}

.tm-panel-contents .tm-panel-action:hover {
  background: var(--jp-layout-color3);
}

.tm-panel-form {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  gap: 4px 8px;
  padding: 8px 12px 12px;
}

.tm-panel-form label {
  grid-column: 1 / -1;
}

.tm-panel-form input.jp-mod-styled {
  min-width: 0;
  height: 28px;
}

.tm-panel-form .jp-Dialog-button {
  min-width: 0;
  height: 28px;
  margin: 0;
  line-height: 28px;
}

.tm-panel-phone {
  padding: 4px 8px 0;
}

.tm-panel-phone-head {
  display: flex;
  align-items: center;
  justify-content: space-between;
  padding-left: 4px;
}

.tm-panel .tm-panel-button {
  display: flex;
  flex: none;
  align-items: center;
  justify-content: center;
  width: 24px;
  height: 24px;
  padding: 0;
  border: 0;
  border-radius: var(--jp-border-radius);
  background: none;
  cursor: pointer;
}

.tm-panel .tm-panel-button:hover {
  background: var(--jp-layout-color2);
}

.tm-panel .tm-panel-button:focus-visible {
  outline: var(--jp-border-width) solid var(--jp-brand-color1);
  outline-offset: calc(-1 * var(--jp-border-width));
}

.tm-panel-rendered {
  overflow-x: auto;
}

.tm-panel-rendered:focus-visible {
  outline: var(--jp-border-width) solid var(--jp-brand-color1);
  outline-offset: calc(-1 * var(--jp-border-width));
}

.tm-panel-rendered .jp-RenderedHTMLCommon {
  padding: 4px 8px 12px;
  font-size: var(--jp-ui-font-size1);
  overflow-wrap: anywhere;
}

.tm-panel-empty {
  display: flex;
  flex-direction: column;
  align-items: center;
  gap: 8px;
  padding: 48px 16px;
  text-align: center;
}

.tm-panel-contents .tm-panel-empty h3 {
  font-size: var(--jp-ui-font-size2);
}

.tm-panel-empty p {
  max-width: 26em;
  color: var(--jp-ui-font-color2);
}

.tm-panel-picture svg {
  width: 40px;
  height: 40px;
  opacity: 0.5;
}

.tm-panel-empty .jp-Dialog-button {
  max-width: 100%;
  height: auto;
  margin: 8px 0 0;
  padding: 6px 12px;
  line-height: 1.4;
}

/* What is said of a problem stands beside the cell's lines, and does not lie over all of them. */
.cm-tooltip .cm-tooltip-lint,
.cm-tooltip.cm-tooltip-lint {
  max-width: min(480px, 90vw);
}
`,""]),o.d(e,{},{A:i})},314(t){t.exports=function(t){var e=[];return e.toString=function(){return this.map(function(e){var o="",n=void 0!==e[5];return e[4]&&(o+="@supports (".concat(e[4],") {")),e[2]&&(o+="@media ".concat(e[2]," {")),n&&(o+="@layer".concat(e[5].length>0?" ".concat(e[5]):""," {")),o+=t(e),n&&(o+="}"),e[2]&&(o+="}"),e[4]&&(o+="}"),o}).join("")},e.i=function(t,o,n,r,a){"string"==typeof t&&(t=[[null,t,void 0]]);var i={};if(n)for(var l=0;l<this.length;l++){var p=this[l][0];null!=p&&(i[p]=!0)}for(var c=0;c<t.length;c++){var s=[].concat(t[c]);n&&i[s[0]]||(void 0!==a&&(void 0===s[5]||(s[1]="@layer".concat(s[5].length>0?" ".concat(s[5]):""," {").concat(s[1],"}")),s[5]=a),o&&(s[2]&&(s[1]="@media ".concat(s[2]," {").concat(s[1],"}")),s[2]=o),r&&(s[4]?(s[1]="@supports (".concat(s[4],") {").concat(s[1],"}"),s[4]=r):s[4]="".concat(r)),e.push(s))}},e}},601(t){t.exports=function(t){return t[1]}},665(t,e,o){o.r(e);var n=o(72),r=o.n(n),a=o(825),i=o.n(a),l=o(659),p=o.n(l),c=o(56),s=o.n(c),d=o(540),m=o.n(d),u=o(113),f=o.n(u),h=o(646),v={};v.styleTagTransform=f(),v.setAttributes=s(),v.insert=p().bind(null,"head"),v.domAPI=i(),v.insertStyleElement=m(),r()(h.A,v);let g=h.A&&h.A.locals?h.A.locals:void 0;o.d(e,{},{default:g})},72(t){var e=[];function o(t){for(var o=-1,n=0;n<e.length;n++)if(e[n].identifier===t){o=n;break}return o}function n(t,n){for(var r={},a=[],i=0;i<t.length;i++){var l=t[i],p=n.base?l[0]+n.base:l[0],c=r[p]||0,s="".concat(p," ").concat(c);r[p]=c+1;var d=o(s),m={css:l[1],media:l[2],sourceMap:l[3],supports:l[4],layer:l[5]};if(-1!==d)e[d].references++,e[d].updater(m);else{var u=function(t,e){var o=e.domAPI(e);return o.update(t),function(e){e?(e.css!==t.css||e.media!==t.media||e.sourceMap!==t.sourceMap||e.supports!==t.supports||e.layer!==t.layer)&&o.update(t=e):o.remove()}}(m,n);n.byIndex=i,e.splice(i,0,{identifier:s,updater:u,references:1})}a.push(s)}return a}t.exports=function(t,r){var a=n(t=t||[],r=r||{});return function(t){t=t||[];for(var i=0;i<a.length;i++){var l=o(a[i]);e[l].references--}for(var p=n(t,r),c=0;c<a.length;c++){var s=o(a[c]);0===e[s].references&&(e[s].updater(),e.splice(s,1))}a=p}}},659(t){var e={};t.exports=function(t,o){var n=function(t){if(void 0===e[t]){var o=document.querySelector(t);if(window.HTMLIFrameElement&&o instanceof window.HTMLIFrameElement)try{o=o.contentDocument.head}catch(t){o=null}e[t]=o}return e[t]}(t);if(!n)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");n.appendChild(o)}},540(t){t.exports=function(t){var e=document.createElement("style");return t.setAttributes(e,t.attributes),t.insert(e,t.options),e}},56(t,e,o){t.exports=function(t){var e=o.nc;e&&t.setAttribute("nonce",e)}},825(t){t.exports=function(t){if("u"<typeof document)return{update:function(){},remove:function(){}};var e=t.insertStyleElement(t);return{update:function(o){var n,r,a;n="",o.supports&&(n+="@supports (".concat(o.supports,") {")),o.media&&(n+="@media ".concat(o.media," {")),(r=void 0!==o.layer)&&(n+="@layer".concat(o.layer.length>0?" ".concat(o.layer):""," {")),n+=o.css,r&&(n+="}"),o.media&&(n+="}"),o.supports&&(n+="}"),(a=o.sourceMap)&&"u">typeof btoa&&(n+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(a))))," */")),t.styleTagTransform(n,e,t.options)},remove:function(){var t;null===(t=e).parentNode||t.parentNode.removeChild(t)}}}},113(t){t.exports=function(t,e){if(e.styleSheet)e.styleSheet.cssText=t;else{for(;e.firstChild;)e.removeChild(e.firstChild);e.appendChild(document.createTextNode(t))}}}}]);