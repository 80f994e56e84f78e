"use strict";(self.rspackChunktwilio_magic=self.rspackChunktwilio_magic||[]).push([[266],{646(e,t,n){var o=n(601),r=n.n(o),a=n(314),i=(n.n(a))()(r());i.push([e.id,`.tm-magic-percent {
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
`,""]),n.d(t,{},{A:i})},314(e){e.exports=function(e){var t=[];return t.toString=function(){return this.map(function(t){var n="",o=void 0!==t[5];return t[4]&&(n+="@supports (".concat(t[4],") {")),t[2]&&(n+="@media ".concat(t[2]," {")),o&&(n+="@layer".concat(t[5].length>0?" ".concat(t[5]):""," {")),n+=e(t),o&&(n+="}"),t[2]&&(n+="}"),t[4]&&(n+="}"),n}).join("")},t.i=function(e,n,o,r,a){"string"==typeof e&&(e=[[null,e,void 0]]);var i={};if(o)for(var l=0;l<this.length;l++){var p=this[l][0];null!=p&&(i[p]=!0)}for(var c=0;c<e.length;c++){var s=[].concat(e[c]);o&&i[s[0]]||(void 0!==a&&(void 0===s[5]||(s[1]="@layer".concat(s[5].length>0?" ".concat(s[5]):""," {").concat(s[1],"}")),s[5]=a),n&&(s[2]&&(s[1]="@media ".concat(s[2]," {").concat(s[1],"}")),s[2]=n),r&&(s[4]?(s[1]="@supports (".concat(s[4],") {").concat(s[1],"}"),s[4]=r):s[4]="".concat(r)),t.push(s))}},t}},601(e){e.exports=function(e){return e[1]}},665(e,t,n){n.r(t);var o=n(72),r=n.n(o),a=n(825),i=n.n(a),l=n(659),p=n.n(l),c=n(56),s=n.n(c),d=n(540),m=n.n(d),u=n(113),f=n.n(u),h=n(646),g={};g.styleTagTransform=f(),g.setAttributes=s(),g.insert=p().bind(null,"head"),g.domAPI=i(),g.insertStyleElement=m(),r()(h.A,g);let v=h.A&&h.A.locals?h.A.locals:void 0;n.d(t,{},{default:v})},72(e){var t=[];function n(e){for(var n=-1,o=0;o<t.length;o++)if(t[o].identifier===e){n=o;break}return n}function o(e,o){for(var r={},a=[],i=0;i<e.length;i++){var l=e[i],p=o.base?l[0]+o.base:l[0],c=r[p]||0,s="".concat(p," ").concat(c);r[p]=c+1;var d=n(s),m={css:l[1],media:l[2],sourceMap:l[3],supports:l[4],layer:l[5]};if(-1!==d)t[d].references++,t[d].updater(m);else{var u=function(e,t){var n=t.domAPI(t);return n.update(e),function(t){t?(t.css!==e.css||t.media!==e.media||t.sourceMap!==e.sourceMap||t.supports!==e.supports||t.layer!==e.layer)&&n.update(e=t):n.remove()}}(m,o);o.byIndex=i,t.splice(i,0,{identifier:s,updater:u,references:1})}a.push(s)}return a}e.exports=function(e,r){var a=o(e=e||[],r=r||{});return function(e){e=e||[];for(var i=0;i<a.length;i++){var l=n(a[i]);t[l].references--}for(var p=o(e,r),c=0;c<a.length;c++){var s=n(a[c]);0===t[s].references&&(t[s].updater(),t.splice(s,1))}a=p}}},659(e){var t={};e.exports=function(e,n){var o=function(e){if(void 0===t[e]){var n=document.querySelector(e);if(window.HTMLIFrameElement&&n instanceof window.HTMLIFrameElement)try{n=n.contentDocument.head}catch(e){n=null}t[e]=n}return t[e]}(e);if(!o)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");o.appendChild(n)}},540(e){e.exports=function(e){var t=document.createElement("style");return e.setAttributes(t,e.attributes),e.insert(t,e.options),t}},56(e,t,n){e.exports=function(e){var t=n.nc;t&&e.setAttribute("nonce",t)}},825(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var t=e.insertStyleElement(e);return{update:function(n){var o,r,a;o="",n.supports&&(o+="@supports (".concat(n.supports,") {")),n.media&&(o+="@media ".concat(n.media," {")),(r=void 0!==n.layer)&&(o+="@layer".concat(n.layer.length>0?" ".concat(n.layer):""," {")),o+=n.css,r&&(o+="}"),n.media&&(o+="}"),n.supports&&(o+="}"),(a=n.sourceMap)&&"u">typeof btoa&&(o+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(a))))," */")),e.styleTagTransform(o,t,e.options)},remove:function(){var e;null===(e=t).parentNode||e.parentNode.removeChild(e)}}}},113(e){e.exports=function(e,t){if(t.styleSheet)t.styleSheet.cssText=e;else{for(;t.firstChild;)t.removeChild(t.firstChild);t.appendChild(document.createTextNode(e))}}}}]);